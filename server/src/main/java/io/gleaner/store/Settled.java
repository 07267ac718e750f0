package io.gleaner.store;

import java.util.Set;
import java.util.UUID;

/**
 * What settling came to.
 *
 * @param changed jobs whose counters or state changed
 * @param tasksAdded tasks that were queued: outlinks and retries
 */
public record Settled(Set<UUID> changed, long tasksAdded) {}
