package io.gleaner.perf.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.shapes.Bottleneck.Kind;
import io.gleaner.perf.shapes.DatabaseWatch.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BottlenecksTest {

    private static final double MIB = 1024 * 1024;
    private static final int SECONDS = 20;

    private Shape shape = Shape.STEADY;
    private boolean reachable = true;
    private double otherCores;
    private double busy = 0.4;
    private OptionalDouble busyAtTheEnd = OptionalDouble.empty();
    private double gcShare = 0.01;
    private double redisUp = 1;
    private double heapGrowthMib;
    private Map<Waiting, Double> waiting = Map.of(new Waiting("submit", "CPU"), 0.1);
    private final Map<String, Double> after = new HashMap<>();

    private Run run() {
        List<Sample> samples =
                IntStream.rangeClosed(1, SECONDS)
                        .mapToObj(n -> sample(n, reachable || n < 8 || n > 11))
                        .toList();
        return new Run(
                new LoadSettings(
                        shape,
                        5,
                        Duration.ofSeconds(SECONDS),
                        Duration.ZERO,
                        Optional.empty(),
                        "",
                        List.of(),
                        true,
                        Optional.empty()),
                SECONDS,
                new Answers(List.of(new Response("status", 10, 15, true, "")), SECONDS),
                samples,
                Metrics.NONE,
                new Metrics(after),
                waiting,
                0,
                20 * MIB,
                (20 + heapGrowthMib) * MIB,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private Sample sample(double at, boolean answers) {
        return new Sample(
                at,
                answers,
                10,
                10,
                0,
                0,
                0.5,
                0.1,
                otherCores,
                at > SECONDS * 0.8 ? busyAtTheEnd.orElse(busy) : busy,
                3e8,
                1e8,
                gcShare,
                1,
                0,
                0.1,
                answers ? redisUp : Double.NaN,
                0,
                0);
    }

    private static List<Kind> felt(Run run) {
        return Bottlenecks.of(run).stream().filter(Bottleneck::felt).map(Bottleneck::kind).toList();
    }

    @Test
    void aQuietRunFeelsNothing() {
        assertThat(felt(run())).isEmpty();
        assertThat(Judge.of(run(), Bottlenecks.of(run()))).allMatch(Verdict::holds);
    }

    @Test
    void locksAreNamedBeforeTheConnectionsThatWaitWithThem() {
        waiting = Map.of(new Waiting("submit", "Lock"), 4.0, new Waiting("lease", "CPU"), 0.2);
        after.put("hikaricp_connections_acquire_seconds_sum{pool=\"requests\"}", 200.0);
        after.put("hikaricp_connections_acquire_seconds_count{pool=\"requests\"}", 1_000.0);
        assertThat(felt(run())).first().isEqualTo(Kind.DATABASE_LOCKS);
        assertThat(Bottlenecks.of(run()).getFirst().measured()).contains("4.00", "submit");
    }

    @Test
    void connectionsAreNamedWhenNothingElseHoldsThem() {
        after.put("hikaricp_connections_acquire_seconds_sum{pool=\"requests\"}", 20.0);
        after.put("hikaricp_connections_acquire_seconds_count{pool=\"requests\"}", 1_000.0);
        after.put("hikaricp_connections_acquire_seconds_sum{pool=\"maintenance\"}", 900.0);
        after.put("hikaricp_connections_acquire_seconds_count{pool=\"maintenance\"}", 10.0);
        assertThat(felt(run())).containsExactly(Kind.POOL);
        assertThat(Bottlenecks.of(run()).getFirst().measured()).contains("20.0 ms", "requests");
    }

    @Test
    void onAMachineThatIsUsedUpConnectionsAreNotNamed() {
        after.put("hikaricp_connections_acquire_seconds_sum{pool=\"work\"}", 80.0);
        after.put("hikaricp_connections_acquire_seconds_count{pool=\"work\"}", 1_000.0);
        busy = 0.97;
        assertThat(felt(run())).containsExactly(Kind.CPU);
    }

    @Test
    void aStressRunIsJudgedByItsEndWhereItBreaks() {
        shape = Shape.STRESS;
        busyAtTheEnd = OptionalDouble.of(0.97);
        assertThat(felt(run())).containsExactly(Kind.CPU);
        shape = Shape.STEADY;
        assertThat(felt(run())).isEmpty();
    }

    @Test
    void whoTakesTheCpuIsNamedBeforeTheCpuThatIsUsedUp() {
        otherCores = 2.0 * Runtime.getRuntime().availableProcessors() / 2;
        busy = 1;
        assertThat(felt(run())).containsExactly(Kind.OTHER_CPU, Kind.CPU);
    }

    @Test
    void pagesThatTheJobHadCancelledAreNoErrorsOfTheSite() {
        after.put("gleaner_tasks_total{verdict=\"content\"}", 90.0);
        after.put("gleaner_tasks_total{verdict=\"dropped\"}", 500.0);
        assertThat(felt(run())).isEmpty();
        after.put("gleaner_tasks_total{verdict=\"http_client_error\"}", 10.0);
        assertThat(felt(run())).containsExactly(Kind.SITE);
    }

    @Test
    void redisThatIsAwayAndAHeapThatGrowsAndCollectionsAreNamed() {
        redisUp = 0;
        heapGrowthMib = 100;
        gcShare = 0.06;
        assertThat(felt(run())).containsExactly(Kind.REDIS, Kind.HEAP, Kind.GC);
    }

    @Test
    void aServiceWithoutAnswersStandsStill() {
        reachable = false;
        assertThat(felt(run())).containsExactly(Kind.STANDSTILL);
        assertThat(Judge.of(run(), Bottlenecks.of(run())))
                .filteredOn(verdict -> !verdict.holds())
                .singleElement()
                .extracting(Verdict::what)
                .isEqualTo("not held up: the service stood still");
    }
}
