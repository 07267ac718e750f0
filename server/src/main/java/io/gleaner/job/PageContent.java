package io.gleaner.job;

import java.util.List;
import java.util.Map;
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
        @Nullable Map<String, @Nullable Object> fields) {}
