package io.gleaner.job;

/** Whether a page was fetched for this job. */
public enum CacheState {
    /** Fetched. */
    MISS,
    /** As it was fetched before, at most {@link FetchSpec#maxAge} ago. */
    HIT,
    /** As it was fetched before; the host said that it has not changed (HTTP 304). */
    REVALIDATED
}
