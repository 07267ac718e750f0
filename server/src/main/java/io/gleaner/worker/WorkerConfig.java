package io.gleaner.worker;

import java.time.Duration;

/**
 * How much one worker does at once.
 *
 * @param concurrency fetches in flight over all hosts
 * @param hostsMax host queues served at once
 * @param tasksEach tasks taken from a queue at a time
 * @param attemptsMax tries before a failing URL comes to a fault
 * @param refusalsMax times that a host may say 429 or 503 to one URL, while it answers others,
 *     before that URL comes to a fault
 * @param holdMax longest wait for a host with its queue in hand; a longer one hands the queue back
 * @param quantum time after which a queue is handed back if others wait
 * @param failurePatience how long a host may fail without an answer in between before its whole
 *     queue comes to faults
 * @param throttlePatience how long a host may keep saying 429 or 503 before the same
 * @param bugPause how long a host is left alone after a bug of ours in its path
 * @param poll pause between two looks for due queues when nothing wakes the worker
 * @param heartbeat pause between two signs of life
 * @param staleAfter silence after which a worker counts as dead
 * @param drain time that each stage of stopping gets
 */
public record WorkerConfig(
        int concurrency,
        int hostsMax,
        int tasksEach,
        int attemptsMax,
        int refusalsMax,
        Duration holdMax,
        Duration quantum,
        Duration failurePatience,
        Duration throttlePatience,
        Duration bugPause,
        Duration poll,
        Duration heartbeat,
        Duration staleAfter,
        Duration drain) {

    public WorkerConfig {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
        }
        if (attemptsMax < 1) {
            throw new IllegalArgumentException("attemptsMax must be at least 1: " + attemptsMax);
        }
        if (refusalsMax < 1) {
            throw new IllegalArgumentException("refusalsMax must be at least 1: " + refusalsMax);
        }
        if (staleAfter.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "staleAfter %s must be at least twice the heartbeat %s"
                            .formatted(staleAfter, heartbeat));
        }
    }

    /** 256 fetches over up to 1,000 hosts, three attempts, five refusals. */
    public static WorkerConfig standard() {
        return new WorkerConfig(
                256,
                1_000,
                64,
                3,
                5,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3));
    }

    /** With at least as many host queues: each fetch may be on a host of its own. */
    public WorkerConfig withConcurrency(int value) {
        return new WorkerConfig(
                value,
                Math.max(hostsMax, value),
                tasksEach,
                attemptsMax,
                refusalsMax,
                holdMax,
                quantum,
                failurePatience,
                throttlePatience,
                bugPause,
                poll,
                heartbeat,
                staleAfter,
                drain);
    }

    public WorkerConfig withAttemptsMax(int value) {
        return new WorkerConfig(
                concurrency,
                hostsMax,
                tasksEach,
                value,
                refusalsMax,
                holdMax,
                quantum,
                failurePatience,
                throttlePatience,
                bugPause,
                poll,
                heartbeat,
                staleAfter,
                drain);
    }

    public WorkerConfig withRefusalsMax(int value) {
        return new WorkerConfig(
                concurrency,
                hostsMax,
                tasksEach,
                attemptsMax,
                value,
                holdMax,
                quantum,
                failurePatience,
                throttlePatience,
                bugPause,
                poll,
                heartbeat,
                staleAfter,
                drain);
    }
}
