package io.gleaner.store;

import io.gleaner.job.Task;

/**
 * A task in hand.
 *
 * @param live whether its job still runs; the tasks of an ended job are only to be dropped
 */
public record LeasedTask(Task task, boolean live) {}
