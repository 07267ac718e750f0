package io.gleaner.perf.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.extract.Extractor;
import io.gleaner.perf.site.SitePages;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A page to extract. */
public enum Document {
    /** A short page of a manual, as Sphinx makes them: a signature, code, a table, navigation. */
    MANUAL,
    /** The same manual as one page: its section a hundred times, each with its own links. */
    REFERENCE,
    /** The first page of {@code bench crawl}'s site: links and plain paragraphs. */
    SITE;

    private static final int SECTIONS = 100;
    private static final String SECTION_BEGIN = "<section";
    private static final String SECTION_END = "</section>";

    String html() {
        return switch (this) {
            case MANUAL -> resource();
            case REFERENCE -> reference(resource());
            case SITE -> new String(new SitePages(SitePlan.of(1_000, 1), 80).html(0), UTF_8);
        };
    }

    private static String reference(String manual) {
        int begin = manual.indexOf(SECTION_BEGIN);
        int end = manual.indexOf(SECTION_END) + SECTION_END.length();
        String section = manual.substring(begin, end);
        var page = new StringBuilder(manual.substring(0, begin));
        for (int i = 0; i < SECTIONS; i++) {
            page.append(section.replace("write.html", "write-%d.html".formatted(i)));
        }
        return page.append(manual.substring(end)).toString();
    }

    /** From the product's own tests. */
    private static String resource() {
        try (var in = Extractor.class.getResourceAsStream("manual.html")) {
            return new String(Objects.requireNonNull(in, "manual.html").readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the page cannot be read", e);
        }
    }
}
