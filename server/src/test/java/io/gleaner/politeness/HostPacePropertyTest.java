package io.gleaner.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.politeness.Turn.Granted;
import io.gleaner.politeness.Visit.Answered;
import io.gleaner.politeness.Visit.Failed;
import io.gleaner.politeness.Visit.NotSent;
import io.gleaner.politeness.Visit.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds after any sequence of turns, visits and passing time. */
class HostPacePropertyTest {

    sealed interface Step {}

    record Enter() implements Step {}

    record Leave(Visit visit) implements Step {}

    record Pass(Duration time) implements Step {}

    record Asked(Duration delay) implements Step {}

    @Property(tries = 300)
    void restraintHoldsThroughout(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 12) int hostSlots) {
        var clock = new FakeClock();
        var pace = new HostPace(Configs.slots(hostSlots), clock, new Random(hostSlots));
        var lastStart = Instant.EPOCH;
        int inFlight = 0;
        for (var step : steps) {
            var before = pace.view();
            switch (step) {
                case Enter() -> {
                    if (pace.tryEnter() instanceof Granted) {
                        inFlight++;
                        assertThat(inFlight).isLessThanOrEqualTo(before.slots());
                        assertThat(clock.instant())
                                .isAfterOrEqualTo(lastStart.plus(before.delay()));
                        lastStart = clock.instant();
                    }
                }
                case Leave(var visit) -> {
                    if (inFlight > 0) {
                        pace.leave(visit);
                        inFlight--;
                        if (visit instanceof Failed || visit instanceof Throttled) {
                            assertNotFaster(before, pace.view());
                        }
                    }
                }
                case Pass(var time) -> clock.advance(time);
                case Asked(var delay) -> pace.crawlDelay(delay);
            }
            var after = pace.view();
            assertThat(after.inFlight()).isEqualTo(inFlight);
            assertThat(after.slots()).isBetween(1, hostSlots);
        }
    }

    @Property(tries = 100)
    void waitingAsLongAsToldIsEnough(@ForAll("steps") List<Step> steps) {
        var clock = new FakeClock();
        var pace = new HostPace(Configs.slots(4), clock, new Random(7));
        int inFlight = 0;
        for (var step : steps) {
            switch (step) {
                case Enter() -> inFlight += pace.tryEnter() instanceof Granted ? 1 : 0;
                case Leave(var visit) -> {
                    if (inFlight > 0) {
                        pace.leave(visit);
                        inFlight--;
                    }
                }
                case Pass(var time) -> clock.advance(time);
                case Asked(var delay) -> pace.crawlDelay(delay);
            }
        }
        for (; inFlight > 0; inFlight--) {
            pace.leave(new NotSent());
        }
        if (pace.tryEnter() instanceof Turn.Wait(var delay)) {
            clock.advance(delay);
            assertThat(pace.tryEnter()).isEqualTo(new Granted());
        }
    }

    private static void assertNotFaster(PaceView before, PaceView after) {
        assertThat(after.slots()).isLessThanOrEqualTo(before.slots());
        assertThat(after.delay()).isEqualTo(before.delay());
        if (before.notBefore() != null) {
            assertThat(after.notBefore()).isAfterOrEqualTo(before.notBefore());
        }
        assertThat(after.failures()).isGreaterThanOrEqualTo(before.failures());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        var latency = Arbitraries.longs().between(0, 3_000).map(Duration::ofMillis);
        Arbitrary<Visit> visits =
                Arbitraries.oneOf(
                        latency.map(Answered::new),
                        Arbitraries.of(new Failed(), new NotSent()),
                        latency.injectNull(0.5).map(Throttled::new));
        Arbitrary<Step> step =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(new Enter())),
                        Tuple.of(4, visits.map(Leave::new)),
                        Tuple.of(2, latency.map(Pass::new)),
                        Tuple.of(
                                1,
                                Arbitraries.longs()
                                        .between(0, 5)
                                        .map(Duration::ofSeconds)
                                        .map(Asked::new)));
        return step.list().ofMinSize(1).ofMaxSize(200);
    }
}
