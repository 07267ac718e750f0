package io.gleaner.perf.bench;

import java.time.Duration;

/**
 * What a worker that does not fetch is to do.
 *
 * @param rate tasks a second that all lanes together lease, at even times; 0: as fast as they can
 * @param lanes threads that each lease, settle and release, one after the other
 * @param hostsEach host queues of a lease
 * @param tasksEach tasks taken of each queue
 * @param batch most tasks of one settlement
 * @param pageBytes of the Markdown that is made of each task
 * @param replenish whether each page leads to one new task of its host, so that the backlog stays
 * @param warmUp time that does not count
 * @param duration time that counts; shorter when the backlog is drained before
 * @param window time of one line in the course of the run
 */
public record QueueWork(
        double rate,
        int lanes,
        int hostsEach,
        int tasksEach,
        int batch,
        int pageBytes,
        boolean replenish,
        Duration warmUp,
        Duration duration,
        Duration window) {

    /** The same as fast as it can. */
    QueueWork atFullSpeed() {
        return new QueueWork(
                0, lanes, hostsEach, tasksEach, batch, pageBytes, replenish, warmUp, duration,
                window);
    }

    /** The same for another time. */
    QueueWork lasting(Duration time) {
        return new QueueWork(
                rate, lanes, hostsEach, tasksEach, batch, pageBytes, replenish, warmUp, time,
                window);
    }

    /** Time from one turn of a lane to its next, nanoseconds; 0 at full speed. */
    long turnNanos() {
        return rate == 0 ? 0 : (long) (1e9 * lanes * hostsEach * tasksEach / rate);
    }
}
