package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Task;
import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostHealthTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final NoAnswer TIMEOUT =
            new NoAnswer(FaultCode.TIMEOUT, "after 30 s", null, false, null);
    private static final NoAnswer THROTTLED =
            new NoAnswer(FaultCode.THROTTLED, "429", 429, true, null);

    private final WorkerConfig config = WorkerConfig.standard();
    private final HostHealth health = new HostHealth(null, null, config);

    @Test
    void aHostThatFailsForLongerThanOurPatienceIsGivenUp() {
        health.failed(TIMEOUT, NOON);
        health.failed(TIMEOUT, NOON.plus(config.failurePatience()));
        assertThat(health.verdictOnAll()).isNull();
        health.failed(TIMEOUT, NOON.plus(config.failurePatience()).plusMillis(1));
        assertThat(health.verdictOnAll()).isEqualTo(TIMEOUT);
    }

    @Test
    void oneAnswerBringsAllPatienceBack() {
        health.failed(TIMEOUT, NOON);
        health.answered(NOON);
        health.failed(TIMEOUT, NOON.plus(Duration.ofDays(1)));
        assertThat(health.verdictOnAll()).isNull();
        assertThat(health.failingSince()).isEqualTo(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void aThrottlingHostGetsMorePatienceThanADeadOne() {
        health.failed(THROTTLED, NOON);
        health.failed(THROTTLED, NOON.plus(config.failurePatience()).plusSeconds(1));
        assertThat(health.verdictOnAll()).isNull();
        health.failed(THROTTLED, NOON.plus(config.throttlePatience()).plusSeconds(1));
        assertThat(health.verdictOnAll()).isEqualTo(THROTTLED);
    }

    @Test
    void failuresOfAnEarlierLeaseCountAfterOneMoreProbe() {
        var restored = new HostHealth(NOON, null, config);
        assertThat(restored.verdictOnAll()).isNull();
        restored.failed(TIMEOUT, NOON.plus(Duration.ofHours(1)));
        assertThat(restored.verdictOnAll()).isEqualTo(TIMEOUT);
    }

    @Test
    void aRefusalIsDueToTheUrlWhenTheHostWasAnswering() {
        assertThat(health.refused(THROTTLED, task(0), NOON)).isFalse(); // It may refuse everything.
        health.answered(NOON);
        assertThat(health.refused(THROTTLED, task(0), NOON)).isTrue();
        assertThat(health.refused(THROTTLED, task(0), NOON)).isFalse(); // Now it may again.
        assertThat(health.refused(THROTTLED, task(1), NOON)).isTrue(); // It was not, that time.
    }

    @Test
    void anAnswerOfLongAgoSaysNothingOfARefusal() {
        var restored = new HostHealth(null, NOON, config);
        Instant late = NOON.plus(config.throttlePatience());
        assertThat(restored.refused(THROTTLED, task(0), late)).isFalse();
        var fresh = new HostHealth(null, NOON, config);
        assertThat(fresh.refused(THROTTLED, task(0), late.minusMillis(1))).isTrue();
        assertThat(fresh.answeredAt()).isEqualTo(NOON);
    }

    @Test
    void aHostWithABugInItsPathIsLeftAlone() {
        health.metBug(NOON);
        assertThat(health.heldUntil()).isEqualTo(NOON.plus(config.bugPause()));
        assertThat(health.reason()).contains("bug in Gleaner");
    }

    private static Task task(int refusals) {
        return new Task(1, 1, new UUID(0, 1), "http://a.example/", 0, 1, 0, refusals);
    }

    @Test
    void theReasonIsTheLastFailureInWords() {
        assertThat(health.reason()).isNull();
        health.failed(TIMEOUT, NOON);
        assertThat(health.reason()).isEqualTo("the whole attempt took too long: after 30 s");
    }
}
