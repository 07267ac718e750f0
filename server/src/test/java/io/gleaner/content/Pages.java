package io.gleaner.content;

import io.gleaner.select.Effort;
import java.time.Duration;
import java.time.InstantSource;
import org.jsoup.nodes.Document;
import org.jsoup.parser.AdoptingTreeBuilder;
import org.jsoup.parser.Parser;

/** Small pages, parsed as the service does. */
final class Pages {

    static final String SENTENCE = "The river bends twice before the town, and nobody hurries it. ";
    static final String PARAGRAPH = "<p>" + SENTENCE.repeat(5) + "</p>";

    private Pages() {}

    static Document of(String html) {
        return new Parser(new AdoptingTreeBuilder()).setMaxDepth(512).parseInput(html, "");
    }

    static Outline outline(String html) {
        return Outline.of(of(html).body(), word -> 0, false, effort());
    }

    static MainContent main(String html) {
        Document document = of(html);
        Sleeping.wake(document.body(), effort());
        return MainContent.of(document.body(), PageFacts.of(document), effort());
    }

    static Effort effort() {
        return new Effort(1L << 40, Duration.ofMinutes(5), InstantSource.system(), () -> {});
    }
}
