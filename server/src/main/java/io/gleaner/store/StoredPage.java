package io.gleaner.store;

import io.gleaner.job.Page;

/**
 * A page and its place in its job.
 *
 * @param seq 1, 2, 3 ... without gaps, in commit order
 */
public record StoredPage(long seq, Page page) {}
