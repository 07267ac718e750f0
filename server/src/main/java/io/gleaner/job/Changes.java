package io.gleaner.job;

import java.util.UUID;

/**
 * What has become of the pages of a crawl since it was done before.
 *
 * @param of the job before
 */
public record Changes(UUID of, long added, long changed, long same, long gone) {}
