package io.gleaner.job;

import java.util.UUID;

/**
 * A URL on its way to becoming a task.
 *
 * @param url normalised, absolute
 * @param host the host queue it belongs to: lower-case host name, with {@code :port} unless default
 * @param key 128-bit hash of the URL; two URLs of one crawl with the same key are one page
 * @param depth links between the seed (0) and this URL
 */
public record Candidate(String url, String host, UUID key, int depth) {

    /** The same, so many links from the seed. */
    public Candidate at(int other) {
        return new Candidate(url, host, key, other);
    }
}
