package io.gleaner.perf.bench;

/**
 * How {@code bench queue} runs.
 *
 * @param tasks queued before each round; enough for its time
 * @param hosts that the tasks are on
 * @param jobs that the tasks belong to
 * @param rounds each with a new database
 */
public record QueueSettings(long tasks, int hosts, int jobs, int rounds, QueueWork work) {}
