package io.gleaner.extract;

import io.gleaner.job.FieldSpec;
import io.gleaner.write.Escape;
import io.gleaner.write.UrlResolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Takes a job's named values out of the whole document. */
final class Fields {

    private final Matches matches;
    private final UrlResolver urls;
    private final ExtractConfig config;
    private int chars;

    Fields(Matches matches, UrlResolver urls, ExtractConfig config) {
        this.matches = matches;
        this.urls = urls;
        this.config = config;
    }

    Map<String, @Nullable Object> read(Map<String, FieldSpec> specs) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        specs.forEach((name, spec) -> values.put(name, value(spec)));
        return values;
    }

    private @Nullable Object value(FieldSpec spec) {
        var values = new ArrayList<String>();
        var matches = matches(spec);
        while (matches.hasNext()) {
            var value = valueOf(matches.next(), spec.attribute());
            if (value != null) {
                values.add(bounded(value));
                if (!spec.all()) {
                    return value;
                }
                if (values.size() == config.matchesMax()) {
                    break;
                }
            }
        }
        return spec.all() ? List.copyOf(values) : null;
    }

    /** Lazily, so that the first match ends the search. */
    private Iterator<? extends Node> matches(FieldSpec spec) {
        if (spec.css() != null) {
            return matches.css(List.of(spec.css()));
        }
        return spec.xpath() == null ? Collections.emptyIterator() : matches.xpath(spec.xpath());
    }

    private @Nullable String valueOf(Node node, @Nullable String attribute) {
        if (node instanceof TextNode text) {
            return attribute == null ? Escape.oneLine(text.getWholeText()) : null;
        }
        if (!(node instanceof Element element)) {
            return null;
        }
        if (attribute == null) {
            matches.effort().subtree(element);
            return element.text();
        }
        boolean absolute = attribute.startsWith("abs:");
        String name = absolute ? attribute.substring(4) : attribute;
        if (!element.hasAttr(name)) {
            return null;
        }
        String value = element.attr(name);
        if (absolute || name.equals("href") || name.equals("src")) {
            var url = urls.link(value);
            return url == null ? value : url;
        }
        return value;
    }

    private String bounded(String value) {
        chars += value.length();
        if (chars > config.productCharsMax()) {
            throw new ExtractionException("productCharsMax", config.productCharsMax());
        }
        return value;
    }
}
