package io.gleaner.api.firecrawl;

import io.gleaner.api.submit.Submission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that was read and checked to its end.
 *
 * @param warning what will not be honoured, or null
 * @param invalidUrls those of a batch that were left out
 */
record Asked(Submission submission, @Nullable String warning, List<String> invalidUrls)
        implements AutoCloseable {

    @Override
    public void close() {
        submission.close();
    }
}
