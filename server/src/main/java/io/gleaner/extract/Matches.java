package io.gleaner.extract;

import io.gleaner.select.CssSelector;
import io.gleaner.select.Effort;
import io.gleaner.xpath.XPathSelector;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/**
 * What a job's expressions match in a document. A job that was stored when more was accepted may
 * have one that is refused now: its pages cannot be extracted.
 */
record Matches(Document document, Effort effort) {

    Iterator<Element> css(List<String> selectors) {
        return read(() -> CssSelector.anyOf(selectors)).select(document, effort);
    }

    Iterator<Node> xpath(String xpath) {
        return read(() -> XPathSelector.parse(xpath)).select(document, effort);
    }

    private static <T> T read(Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new ExtractionException(e);
        }
    }
}
