package io.gleaner.perf.shapes;

import io.gleaner.perf.report.Figures;
import io.gleaner.perf.shapes.Bottleneck.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What held the service up in a run: for each resource its use, its queue or its errors (Brendan
 * Gregg's USE method) over the value from which on it is felt. The first is the one to look at.
 */
final class Bottlenecks {

    private static final double LOCK_WAITERS_MAX = 0.2;
    private static final double DISK_WAITERS_MAX = 2;
    private static final double POOL_WAIT_MS_MAX = 5;
    private static final double OTHER_CPU_MAX = 0.2;
    private static final double BUSY_MAX = 0.9;
    private static final double FAULT_SHARE_MAX = 0.02;
    private static final double REDIS_AWAY_MAX = 0.02;
    private static final double GC_SHARE_MAX = 0.05;
    private static final double STANDSTILL_SECONDS_MAX = 1;
    private static final double HEAP_GROWTH_MIB_MAX = 64;
    private static final double MIB = 1024 * 1024;

    private final Run run;
    private final List<Sample> samples;
    private final List<Bottleneck> all = new ArrayList<>();

    private Bottlenecks(Run run) {
        this.run = run;
        this.samples = run.hardest();
    }

    /** Every one that could be measured, the most severe first. */
    static List<Bottleneck> of(Run run) {
        return new Bottlenecks(run).all();
    }

    private List<Bottleneck> all() {
        standstill();
        database();
        pool();
        cpu();
        site();
        redis();
        heap();
        add(
                Kind.GC,
                Figures.percent(mean(Sample::gcShare)) + " of the time in pauses",
                Figures.percent(GC_SHARE_MAX),
                mean(Sample::gcShare) / GC_SHARE_MAX);
        return all.stream()
                .sorted(Comparator.comparingDouble(Bottleneck::severity).reversed())
                .toList();
    }

    private void add(Kind kind, String measured, String limit, double severity) {
        if (!Double.isNaN(severity)) {
            all.add(new Bottleneck(kind, measured, "<= " + limit, severity));
        }
    }

    /** Longest time without any metrics while it answered before. */
    private void standstill() {
        double longest = 0;
        double since = 0;
        for (Sample sample : samples) {
            if (sample.reachable()) {
                since = sample.at();
            } else {
                longest = Math.max(longest, sample.at() - since);
            }
        }
        add(
                Kind.STANDSTILL,
                "%s s without an answer".formatted(Figures.number(longest)),
                Figures.number(STANDSTILL_SECONDS_MAX) + " s",
                longest / STANDSTILL_SECONDS_MAX);
    }

    private void database() {
        if (run.waiting().isEmpty()) {
            return;
        }
        double locked = waiting(Bottlenecks::isLock);
        add(
                Kind.DATABASE_LOCKS,
                "%s statements wait for one at any time%s"
                        .formatted(Figures.number(locked), most(Bottlenecks::isLock)),
                Figures.number(LOCK_WAITERS_MAX),
                locked / LOCK_WAITERS_MAX);
        double disk = waiting(Bottlenecks::isDisk);
        add(
                Kind.DATABASE_DISK,
                "%s statements at any time%s"
                        .formatted(Figures.number(disk), most(Bottlenecks::isDisk)),
                Figures.number(DISK_WAITERS_MAX),
                disk / DISK_WAITERS_MAX);
    }

    private static boolean isLock(DatabaseWatch.Waiting waiting) {
        return waiting.waitsFor().equals("Lock");
    }

    private static boolean isDisk(DatabaseWatch.Waiting waiting) {
        return waiting.waitsFor().equals("IO");
    }

    private double waiting(Predicate<DatabaseWatch.Waiting> which) {
        return run.waiting().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private String most(Predicate<DatabaseWatch.Waiting> which) {
        return run.waiting().entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .max(Map.Entry.comparingByValue())
                .map(entry -> ", most of them " + entry.getKey().statement())
                .orElse("");
    }

    /**
     * By pool; that of the chores aside, which may wait for each other. What statements wait for
     * locks, the disk or a CPU that is used up is not the pool's: more connections would only wait
     * with them.
     */
    private void pool() {
        double all = waiting(waiting -> true);
        double held = waiting(Bottlenecks::isLock) + waiting(Bottlenecks::isDisk);
        boolean usedUp = mean(Sample::machineBusy) > BUSY_MAX;
        double own = usedUp ? 0 : all > 0 ? 1 - held / all : 1;
        for (String pool : List.of("requests", "work")) {
            double count = acquired("_count", pool);
            double wait = count > 0 ? 1000 * acquired("_sum", pool) / count : Double.NaN;
            add(
                    Kind.POOL,
                    "%s ms of waiting for one of the pool '%s'"
                            .formatted(Figures.number(wait), pool),
                    Figures.number(POOL_WAIT_MS_MAX) + " ms",
                    own * wait / POOL_WAIT_MS_MAX);
        }
    }

    private double acquired(String suffix, String pool) {
        String name = "hikaricp_connections_acquire_seconds" + suffix;
        String label = "pool=\"" + pool + "\"";
        return run.after().sum(name, label) - run.before().sum(name, label);
    }

    private void cpu() {
        int cores = Runtime.getRuntime().availableProcessors();
        double others = mean(Sample::otherCores) / cores;
        add(
                Kind.OTHER_CPU,
                Figures.percent(others) + " of the machine",
                Figures.percent(OTHER_CPU_MAX),
                others / OTHER_CPU_MAX);
        double busy = mean(Sample::machineBusy);
        add(
                Kind.CPU,
                "%s of the machine; %s cores the service, %s PostgreSQL"
                        .formatted(
                                Figures.percent(busy),
                                Figures.number(mean(Sample::serviceCores)),
                                Figures.number(mean(Sample::postgresCores))),
                Figures.percent(BUSY_MAX),
                busy / BUSY_MAX);
    }

    private void site() {
        double share = Faults.share(run.before(), run.after());
        add(
                Kind.SITE,
                Figures.percent(share) + " of the pages came to a fault",
                Figures.percent(FAULT_SHARE_MAX),
                share / FAULT_SHARE_MAX);
    }

    private void redis() {
        List<Sample> asked = samples.stream().filter(s -> !Double.isNaN(s.redisUp())).toList();
        if (!asked.isEmpty()) {
            double away =
                    asked.stream().filter(s -> s.redisUp() < 1).count() / (double) asked.size();
            add(
                    Kind.REDIS,
                    Figures.percent(away) + " of the time",
                    Figures.percent(REDIS_AWAY_MAX),
                    away / REDIS_AWAY_MAX);
        }
    }

    private void heap() {
        double growth = (run.heapAfter() - run.heapBefore()) / MIB;
        add(
                Kind.HEAP,
                "%s MiB more after the run than before, a collection before each"
                        .formatted(Figures.number(growth)),
                Figures.number(HEAP_GROWTH_MIB_MAX) + " MiB",
                growth / HEAP_GROWTH_MIB_MAX);
    }

    private double mean(ToDoubleFunction<Sample> value) {
        return samples.stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }
}
