package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.job.Chunk;
import io.gleaner.job.Format;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One format of a page as text for stdout; ends in a newline. */
final class Printed {

    private Printed() {}

    static String of(Page.Content page, Format format) {
        PageContent content = page.content();
        String text =
                switch (format) {
                    case MARKDOWN -> text(content.markdown());
                    case HTML -> text(content.html());
                    case RAW_HTML -> text(content.rawHtml());
                    case TEXT -> text(content.text());
                    case CHUNKS -> chunks(content.chunks());
                    case LINKS -> lines(content.links());
                    case IMAGES -> lines(content.images());
                    case METADATA -> entries(content.metadata());
                };
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    /** How the main content of a page was chosen. */
    static String explained(Page.Content page) {
        return Gleaner.explain(text(page.content().rawHtml()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String lines(@Nullable List<String> values) {
        return values == null ? "" : String.join("\n", values);
    }

    /** Each under a line that says where it stands. */
    private static String chunks(@Nullable List<Chunk> chunks) {
        return chunks == null
                ? ""
                : chunks.stream()
                        .map(
                                chunk ->
                                        "--- "
                                                + String.join(" > ", chunk.headings())
                                                + "\n"
                                                + chunk.markdown())
                        .collect(Collectors.joining("\n\n"));
    }

    private static String entries(@Nullable Map<String, String> values) {
        return values == null
                ? ""
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
