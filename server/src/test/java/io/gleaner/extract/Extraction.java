package io.gleaner.extract;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Short ways to extract one page at {@code http://h.example/d/p.html}. */
final class Extraction {

    static final URI URL = URI.create("http://h.example/d/p.html");
    static final Extractor EXTRACTOR = new Extractor(ExtractConfig.standard());

    private Extraction() {}

    static Extracted of(String html, ContentSpec spec) {
        return EXTRACTOR.extract(html, URL, spec, true);
    }

    /** Every product of the whole page. */
    static Extracted whole(String html) {
        return of(html, spec(false, List.of(), List.of()));
    }

    /** Every product of the main content. */
    static Extracted main(String html) {
        return of(html, spec(true, List.of(), List.of()));
    }

    static String wholeText(String html) {
        return Objects.requireNonNull(whole(html).content().text());
    }

    static String wholeMarkdown(String html) {
        return Objects.requireNonNull(whole(html).content().markdown());
    }

    static ContentSpec spec(boolean onlyMain, List<String> include, List<String> exclude) {
        return new ContentSpec(EnumSet.allOf(Format.class), Map.of(), onlyMain, include, exclude);
    }

    static ContentSpec fields(Map<String, FieldSpec> fields) {
        return new ContentSpec(EnumSet.noneOf(Format.class), fields, true, List.of(), List.of());
    }

    static String resource(String name) {
        try (var in = Objects.requireNonNull(Extraction.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
