package io.gleaner.perf.load;

import java.util.SortedMap;

/**
 * What a run came to.
 *
 * @param ratePerSecond asked for, or 0 for as fast as the server answers
 * @param connections most at once
 * @param seconds from the first send to the last answer
 * @param sent requests written
 * @param accepted right answers
 * @param refused answers that were not what was asked for
 * @param failed requests whose connection broke
 * @param unanswered requests without an answer when the patience was over
 * @param dropped requests never sent, because no connection became free in time
 * @param lateOver1Ms requests sent more than 1 ms after their intended time
 * @param lateOver10Ms requests sent more than 10 ms after it
 * @param statuses answers by HTTP status
 * @param latency of all answers and of the unanswered so far; in an open loop from the intended
 *     time
 * @param driverCpuSeconds CPU time of this whole process meanwhile
 */
public record LoadResult(
        double ratePerSecond,
        int connections,
        double seconds,
        long sent,
        long accepted,
        long refused,
        long failed,
        long unanswered,
        long dropped,
        long lateOver1Ms,
        long lateOver10Ms,
        SortedMap<Integer, Long> statuses,
        Latency latency,
        double driverCpuSeconds) {

    public double acceptedPerSecond() {
        return accepted / seconds;
    }

    /** Requests that were not answered rightly. */
    public long wrong() {
        return refused + failed;
    }

    /** Requests that nobody could wait for: not sent, or not answered, in time. */
    public long late() {
        return unanswered + dropped;
    }

    /** Requests that did not end with a right answer, those that were never sent included. */
    public long lost() {
        return wrong() + late();
    }
}
