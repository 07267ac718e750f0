package io.gleaner.extract;

import io.gleaner.job.Directions;
import io.gleaner.job.PageContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one document came to.
 *
 * @param content the parts the job asked for
 * @param outlinks absolute http(s) URLs of the whole document without fragments, in document order,
 *     each once; empty unless wanted
 * @param refresh where the document sends the reader on, or null
 * @param directions what it asks of crawlers; nothing unless outlinks were wanted
 */
public record Extracted(
        PageContent content,
        List<String> outlinks,
        @Nullable Refresh refresh,
        Directions directions) {

    /** The same with what its answer asks of crawlers besides. */
    public Extracted and(RobotsTag tag) {
        return new Extracted(
                content, outlinks, refresh, directions.and(tag.noindex(), tag.nofollow()));
    }
}
