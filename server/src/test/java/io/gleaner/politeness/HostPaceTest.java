package io.gleaner.politeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gleaner.politeness.Turn.Full;
import io.gleaner.politeness.Turn.Granted;
import io.gleaner.politeness.Turn.Wait;
import io.gleaner.politeness.Visit.Answered;
import io.gleaner.politeness.Visit.Failed;
import io.gleaner.politeness.Visit.NotSent;
import io.gleaner.politeness.Visit.Throttled;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HostPaceTest {

    private static final Duration FAST = Duration.ofMillis(5);

    private final FakeClock clock = new FakeClock();

    @Test
    void startsWithTwoSlotsAndGrowsByOnePerWindowUpToTheMaximum() {
        var pace = pace(Configs.slots(5));
        assertThat(pace.view().slots()).isEqualTo(2);
        round(pace);
        assertThat(pace.view().slots()).isEqualTo(3);
        for (int i = 0; i < 20; i++) {
            round(pace);
        }
        assertThat(pace.view().slots()).isEqualTo(5);
    }

    @Test
    void windowThatIsNotUsedDoesNotGrow() {
        var pace = pace(Configs.slots(8));
        round(pace);
        round(pace);
        int before = pace.view().slots();
        for (int i = 0; i < 100; i++) {
            visit(pace, new Answered(FAST));
        }
        assertThat(pace.view().slots()).isEqualTo(before).isEqualTo(4);
    }

    @Test
    void fullMeansWaitForALeave() throws Exception {
        var pace = pace(Configs.slots(1));
        enter(pace);
        assertThat(pace.tryEnter()).isEqualTo(new Full());
        assertThat(pace.awaitChange(Duration.ofMillis(1))).isFalse();

        var entered = new AtomicBoolean();
        var waiting = new CountDownLatch(1);
        var waiter =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    waiting.countDown();
                                    try {
                                        entered.set(pace.awaitChange(Duration.ofMinutes(1)));
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        waiting.await();
        pace.leave(new Answered(FAST));
        waiter.join();
        assertThat(entered).isTrue();
        assertThat(pace.tryEnter()).isEqualTo(new Granted());
    }

    @Test
    void waitForTheClockEndsWhenItIsDue() throws Exception {
        var pace =
                new HostPace(
                        Configs.delay(Duration.ofMillis(20)), Clock.systemUTC(), new Random(1));
        visit(pace, new Answered(FAST));
        assertThat(pace.awaitChange(Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void oneBrokenPageDoesNotStallTheHost() {
        var pace = pace(Configs.slots(8));
        visit(pace, new Failed());
        assertThat(pace.backoffUntil()).isEmpty();
        assertThat(pace.view().slots()).isEqualTo(1);
        visit(pace, new Answered(FAST));
        visit(pace, new Failed());
        assertThat(pace.backoffUntil()).isEmpty();
    }

    @Test
    void failuresInARowBackOffExponentially() {
        var pace = pace(Configs.slots(8));
        visit(pace, new Failed());
        var last = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            visit(pace, new Failed());
            var pause = Duration.between(clock.instant(), pace.backoffUntil().orElseThrow());
            assertThat(pause).isBetween(Configs.BACKOFF_MIN, Configs.BACKOFF_MAX);
            if (i > 1 && i < 6) {
                assertThat(pause).isBetween(last.dividedBy(2), last.multipliedBy(5));
            }
            last = pause;
            assertThat(pace.tryEnter()).isEqualTo(new Wait(pause));
            clock.advance(pause);
        }
        assertThat(last).isGreaterThanOrEqualTo(Configs.BACKOFF_MAX.dividedBy(2));
        visit(pace, new Answered(FAST));
        assertThat(pace.view().failures()).isZero();
    }

    @Test
    void failuresOfOneRoundCountOnce() {
        var pace = pace(Configs.slots(8));
        for (int i = 0; i < 50; i++) {
            round(pace);
        }
        for (int i = 0; i < 8; i++) {
            enter(pace);
        }
        for (int i = 0; i < 8; i++) {
            pace.leave(new Failed());
        }
        assertThat(pace.view().failures()).isEqualTo(2);
        assertThat(pace.backoffUntil().orElseThrow())
                .isBefore(clock.instant().plus(Configs.BACKOFF_MIN.multipliedBy(3)));
        assertThat(pace.view().slots()).isEqualTo(1);
    }

    @Test
    void retryAfterIsObeyedWithinBounds() {
        var pace = pace(Configs.slots(8));
        visit(pace, new Throttled(Duration.ofSeconds(40)));
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Duration.ofSeconds(40)));
        clock.advance(Duration.ofSeconds(40));
        visit(pace, new Throttled(Duration.ofDays(300)));
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Configs.RETRY_AFTER_MAX));
        assertThat(pace.view().waitReason())
                .contains("after PT7200H")
                .contains("the setting obeys PT10M");
        clock.advance(Configs.RETRY_AFTER_MAX);
        visit(pace, new Throttled(Duration.ofSeconds(-3)));
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Configs.BACKOFF_MIN));
    }

    @Test
    void throttlingWithoutRetryAfterBacksOffAtOnce() {
        var pace = pace(Configs.slots(8));
        visit(pace, new Throttled(null));
        assertThat(pace.backoffUntil().orElseThrow())
                .isBetween(
                        clock.instant().plus(Configs.BACKOFF_MIN),
                        clock.instant().plus(Configs.BACKOFF_MIN.multipliedBy(2)));
        assertThat(pace.view().waitReason()).contains("throttled");
    }

    @Test
    void refusalsOfOneUrlDoNotLengthenThePauses() {
        var pace = pace(Configs.slots(8));
        for (int i = 0; i < 20; i++) {
            visit(pace, new Throttled(null));
            pace.refusedOneUrl();
            Duration pause = ((Wait) pace.tryEnter()).delay();
            assertThat(pause).isLessThanOrEqualTo(Configs.BACKOFF_MIN.multipliedBy(4));
            clock.advance(pause);
        }
    }

    @Test
    void crawlDelayLeavesOneRequestInFlight() {
        var pace = pace(Configs.slots(8));
        pace.crawlDelay(Duration.ofSeconds(2));
        enter(pace);
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Duration.ofSeconds(2)));
        clock.advance(Duration.ofSeconds(2));
        assertThat(pace.tryEnter()).isEqualTo(new Full());
        pace.leave(new Answered(FAST));
        assertThat(pace.tryEnter()).isEqualTo(new Granted());
    }

    @Test
    void crawlDelayStaysWithinItsBounds() {
        var pace = pace(Configs.delay(Duration.ofSeconds(1)));
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(1));
        pace.crawlDelay(Duration.ZERO);
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(1));
        pace.crawlDelay(Duration.ofSeconds(5));
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(5));
        pace.crawlDelay(Duration.ofDays(5));
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void laterOfTheTwoClocksCounts() {
        var pace = pace(Configs.delay(Duration.ofSeconds(10)));
        visit(pace, new Throttled(Duration.ofSeconds(3)));
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Duration.ofSeconds(10)));
        clock.advance(Duration.ofSeconds(10));
        visit(pace, new Throttled(Duration.ofSeconds(60)));
        assertThat(pace.tryEnter()).isEqualTo(new Wait(Duration.ofSeconds(60)));
    }

    @Test
    void hostThatSlowsDownGetsFewerSlots() {
        var pace = pace(Configs.slots(8));
        for (int i = 0; i < 60; i++) {
            round(pace);
        }
        assertThat(pace.view().slots()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            enter(pace);
        }
        for (int i = 0; i < 8; i++) {
            pace.leave(new Answered(Duration.ofMillis(800)));
        }
        assertThat(pace.view().slots()).isEqualTo(4);
    }

    @Test
    void noiseOnAFastHostDoesNotMatter() {
        var pace = pace(Configs.slots(8));
        for (int i = 0; i < 600; i++) {
            enter(pace);
            enter(pace);
            pace.leave(new Answered(Duration.ofMillis(1)));
            pace.leave(new Answered(Duration.ofMillis(40)));
        }
        assertThat(pace.view().slots()).isGreaterThan(2);
    }

    @Test
    void hostThatBecameSlowForGoodIsNotHeldDownForever() {
        var pace = pace(Configs.slots(8));
        round(pace);
        for (int i = 0; i < 400; i++) {
            enter(pace);
            pace.leave(new Answered(Duration.ofMillis(500)));
        }
        assertThat(pace.view().slots()).isGreaterThan(1);
    }

    @Test
    void requestThatWasNotSentTeachesNothing() {
        var pace = pace(Configs.slots(8));
        var before = pace.view();
        visit(pace, new NotSent());
        assertThat(pace.view()).isEqualTo(before);
    }

    @Test
    void stateFromTheDatabaseIsTakenOverUntilTheFirstVisit() {
        var pace = pace(Configs.slots(8));
        pace.restore(4, Duration.ofSeconds(3));
        assertThat(pace.view().failures()).isEqualTo(4);
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(3));
        visit(pace, new Answered(FAST));
        pace.restore(9, Duration.ZERO);
        assertThat(pace.view().failures()).isZero();
        assertThat(pace.view().delay()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void leaveWithoutATurnIsABug() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pace(Configs.slots(1)).leave(new NotSent()));
    }

    private HostPace pace(PolitenessConfig config) {
        return new HostPace(config, clock, new Random(1));
    }

    private static void enter(HostPace pace) {
        assertThat(pace.tryEnter()).isEqualTo(new Granted());
    }

    private static void visit(HostPace pace, Visit visit) {
        enter(pace);
        pace.leave(visit);
    }

    /** Fills the window and has every request answered fast. */
    private static void round(HostPace pace) {
        int slots = pace.view().slots();
        for (int i = 0; i < slots; i++) {
            enter(pace);
        }
        for (int i = 0; i < slots; i++) {
            pace.leave(new Answered(FAST));
            if (i < slots - 1) {
                enter(pace); // keeps the window full
            }
        }
        for (int i = 0; i < slots - 1; i++) {
            pace.leave(new NotSent());
        }
    }
}
