package io.gleaner.store;

import io.gleaner.job.Task;

/**
 * A task in hand.
 *
 * @param lease what it is in hand by
 * @param live whether its job still runs; the tasks of an ended job are only to be dropped
 */
public record LeasedTask(Task task, Lease lease, boolean live) {}
