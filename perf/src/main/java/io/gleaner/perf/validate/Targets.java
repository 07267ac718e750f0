package io.gleaner.perf.validate;

import static java.util.stream.Collectors.toMap;

import io.gleaner.perf.report.Bound;
import java.util.Map;

/**
 * Musts and aims of the requirements (T1 to T10), by the claims of the benches that measure them.
 * What is not here has one bound in the requirements, and its bench holds it.
 */
public final class Targets {

    private static final double REQUESTS_PER_SECOND_MIN = 1_000 / 60.0;
    private static final Goal READS =
            Goal.of(Bound.above(REQUESTS_PER_SECOND_MIN), Bound.above(30_000));
    private static final Goal TIMES_PEER = Goal.of(Bound.above(1), Bound.atLeast(10));

    /** T1 and T3; the must of T1 is about normal load, which {@link #NORMAL} has. */
    public static final Map<String, Goal> SUBMIT =
            Map.of(
                    "p99 at 1000/s, ms, median",
                    Goal.aimOnly(Bound.below(10)),
                    "accepted at saturation, 1/s, median",
                    Goal.of(Bound.above(REQUESTS_PER_SECOND_MIN), Bound.above(10_000)));

    /** T2 and T3; the must of T2 as above. */
    public static final Map<String, Goal> STATUS =
            Map.of(
                    "p99 at 2000/s, ms, median",
                    Goal.aimOnly(Bound.below(5)),
                    "reads at saturation, 1/s, median, plain",
                    READS,
                    "reads at saturation, 1/s, median, with If-None-Match",
                    READS,
                    "reads at saturation, 1/s, median, plain, no crawl",
                    READS);

    /** T4 and T5, counted at the site and by the cgroup. */
    public static final Map<String, Goal> CONCURRENCY =
            Map.of(
                    "fetches in flight at once, counted at the site, least of all rounds",
                    Goal.of(Bound.atLeast(50), Bound.atLeast(5_000)),
                    "memory of the service, MiB, most of all rounds",
                    Goal.of(Bound.below(1_024), Bound.below(512)));

    /** T6. */
    public static final Map<String, Goal> NORMAL =
            Map.of(
                    "CPU of service and PostgreSQL, % of the machine",
                    Goal.of(Bound.below(50), Bound.below(10)));

    /** T10. */
    public static final Map<String, Goal> CRAWLERS =
            CrawlersBench.PEERS.stream().collect(toMap(CrawlersBench::claim, peer -> TIMES_PEER));

    private Targets() {}
}
