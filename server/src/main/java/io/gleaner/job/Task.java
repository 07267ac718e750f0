package io.gleaner.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One URL of a job, in some worker's hands.
 *
 * @param id unique over all jobs; a retried task gets a new one
 * @param hostId the host queue it was leased from
 * @param jobId the job it belongs to
 * @param url normalised, absolute
 * @param depth links between the seed (0) and this URL
 * @param attempt 1 on the first try
 * @param rescues how many workers died with it in hand
 * @param refusals how often the host said "later" to it while it answered others
 * @param renderWhy why it needs a browser, where a worker without one has found that out
 */
public record Task(
        long id,
        long hostId,
        UUID jobId,
        String url,
        int depth,
        int attempt,
        int rescues,
        int refusals,
        @Nullable String renderWhy) {

    /** Of which nobody knows yet whether it needs a browser. */
    public Task(
            long id,
            long hostId,
            UUID jobId,
            String url,
            int depth,
            int attempt,
            int rescues,
            int refusals) {
        this(id, hostId, jobId, url, depth, attempt, rescues, refusals, null);
    }
}
