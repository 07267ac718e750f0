package io.gleaner.perf.chaos;

import io.gleaner.perf.load.Latency;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long the queues of killed workers stayed in their name. What counts is the longest time that
 * one other worker lived meanwhile: where the others were struck too, the rest is their restart.
 *
 * @param wallClock of all of them, the time without a worker included
 * @param quiet while the database was there, from the kill
 * @param stormy when it was away meanwhile or just before, from when it was back
 * @param heldNothing killed workers that had no queue
 * @param neverFreed killed workers whose queues are still theirs
 * @param leftByTerm queues that workers left behind that had a SIGTERM and a database
 * @param list one by one
 */
public record Rescues(
        Latency wallClock,
        Latency quiet,
        Latency stormy,
        long heldNothing,
        long neverFreed,
        long leftByTerm,
        List<Rescue> list) {

    /**
     * One of them.
     *
     * @param queues at the first look after the kill
     * @param wallSeconds by the clock
     * @param seconds as it counts
     */
    public record Rescue(long queues, double wallSeconds, double seconds, boolean databaseThere) {}

    // After an outage everybody first gets the time to give a sign of life.
    private static final long JUST_BEFORE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final double MS_PER_SECOND = 1_000;

    public static Rescues of(List<LeaseWatch.Death> deaths, Outages outages, Presence presence) {
        Histogram wallClock = Latency.histogram();
        Histogram quiet = Latency.histogram();
        Histogram stormy = Latency.histogram();
        long nothing = 0;
        long never = 0;
        long left = 0;
        var list = new ArrayList<Rescue>();
        for (LeaseWatch.Death death : deaths) {
            long until = death.freedAt() == 0 ? System.nanoTime() : death.freedAt();
            OptionalLong back = outages.lastEndWithin(death.at() - JUST_BEFORE_NANOS, until);
            if (!death.killed()) {
                left += back.isPresent() ? 0 : Math.max(0, death.held());
            } else if (death.held() <= 0) {
                nothing++;
            } else if (death.freedAt() == 0) {
                never++;
            } else {
                Latency.record(wallClock, until - death.at());
                long from = Math.max(death.at(), back.orElse(death.at()));
                long counted = presence.longestNanos(from, until);
                Latency.record(back.isEmpty() ? quiet : stormy, counted);
                list.add(
                        new Rescue(
                                death.held(),
                                (until - death.at()) / 1e9,
                                counted / 1e9,
                                back.isEmpty()));
            }
        }
        return new Rescues(
                Latency.of(wallClock),
                Latency.of(quiet),
                Latency.of(stormy),
                nothing,
                never,
                left,
                list);
    }

    public List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        rows.add(row("database there: seconds from the kill", quiet));
        rows.add(row("database away meanwhile: seconds from its return or the kill", stormy));
        rows.add(row("all, by the clock", wallClock));
        rows.add(List.of("held no queue", String.valueOf(heldNothing), "", "", ""));
        rows.add(List.of("never freed", String.valueOf(neverFreed), "", "", ""));
        return rows;
    }

    /** One row for each rescue, in the order of the kills. */
    Table table() {
        return new Table(
                "Rescues one by one",
                List.of("queues", "seconds", "by the clock", "database"),
                list.stream()
                        .map(
                                rescue ->
                                        List.of(
                                                String.valueOf(rescue.queues()),
                                                Figures.number(rescue.seconds()),
                                                Figures.number(rescue.wallSeconds()),
                                                rescue.databaseThere() ? "there" : "away"))
                        .toList());
    }

    private static List<String> row(String name, Latency latency) {
        return List.of(
                name,
                String.valueOf(latency.count()),
                Figures.number(latency.p50Ms() / MS_PER_SECOND),
                Figures.number(latency.p99Ms() / MS_PER_SECOND),
                Figures.number(latency.maxMs() / MS_PER_SECOND));
    }
}
