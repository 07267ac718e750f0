package io.gleaner.job;

import java.util.UUID;

/**
 * What a page is known by in its crawl besides its URL. The first that has it is kept.
 *
 * @param key as that of a {@link Candidate}
 * @param reason what another page of the crawl with the same key makes of this one, one clause
 */
public record Identity(UUID key, String reason) {}
