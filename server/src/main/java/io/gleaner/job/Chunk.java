package io.gleaner.job;

import java.util.List;

/**
 * A piece of a page's Markdown, small enough to be embedded or quoted as one.
 *
 * @param headings that it stands under, the outermost first
 * @param markdown with the heading that it begins with, if it does
 */
public record Chunk(List<String> headings, String markdown) {

    public Chunk {
        headings = List.copyOf(headings);
    }
}
