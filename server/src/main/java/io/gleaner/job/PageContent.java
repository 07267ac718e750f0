package io.gleaner.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a page. A part is null when the job did not ask for it.
 *
 * @param markdown GitHub-flavoured Markdown, links absolute
 * @param html cleaned HTML: no scripts, styles or comments, links absolute
 * @param rawHtml the document as it was sent, decoded
 * @param text plain text, blocks separated by newlines
 * @param chunks the Markdown in pieces of bounded size, parted by headings
 * @param links absolute http(s) URLs in document order, each once
 * @param images absolute image URLs in document order, each once
 * @param metadata title, description, language, canonical, OpenGraph and more; never null values
 * @param fields the job's named fields: a String, a List of Strings, or null when nothing matched
 */
public record PageContent(
        @Nullable String markdown,
        @Nullable String html,
        @Nullable String rawHtml,
        @Nullable String text,
        @Nullable List<Chunk> chunks,
        @Nullable List<String> links,
        @Nullable List<String> images,
        @Nullable Map<String, String> metadata,
        @Nullable Map<String, @Nullable Object> fields) {

    /** The header of a string, an entry of a list. */
    private static final int EACH = 200;

    /** How many characters it takes in memory, about. */
    public long chars() {
        return Stream.of(markdown, html, rawHtml, text)
                        .filter(Objects::nonNull)
                        .mapToLong(String::length)
                        .sum()
                + chars(chunks)
                + chars(links)
                + chars(images)
                + chars(metadata)
                + chars(fields);
    }

    private static long chars(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> text.length() + EACH;
            case Chunk chunk -> chars(chunk.headings()) + chars(chunk.markdown());
            case List<?> list -> list.stream().mapToLong(PageContent::chars).sum();
            case Map<?, ?> map -> map.values().stream().mapToLong(PageContent::chars).sum();
            case Object other -> EACH;
        };
    }
}
