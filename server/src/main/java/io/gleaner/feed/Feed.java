package io.gleaner.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed as its publisher wrote it.
 *
 * @param home the page that it belongs to, or null
 */
record Feed(
        @Nullable String title,
        @Nullable String description,
        @Nullable String home,
        @Nullable String language,
        List<Entry> entries) {

    /**
     * @param content HTML, or null
     * @param summary HTML, for an entry without content
     * @param enclosures files that belong to it
     */
    record Entry(
            @Nullable String title,
            @Nullable String link,
            @Nullable String date,
            @Nullable String author,
            @Nullable String content,
            @Nullable String summary,
            List<String> enclosures) {}
}
