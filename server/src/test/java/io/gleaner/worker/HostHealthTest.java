package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.FaultCode;
import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
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
    void aRefusalCountsAgainstItsUrlWhenTheHostHasAnsweredLately() {
        assertThat(health.refused(THROTTLED, NOON)).isFalse(); // It may refuse everything.
        health.answered(NOON);
        assertThat(health.refused(THROTTLED, NOON)).isTrue();
        Instant late = NOON.plus(config.throttlePatience());
        assertThat(health.refused(THROTTLED, late.minusMillis(1))).isTrue();
        assertThat(health.refused(THROTTLED, late)).isFalse();
    }

    @Test
    void anAnswerOfAnEarlierLeaseCounts() {
        var restored = new HostHealth(null, NOON, config);
        assertThat(restored.answeredAt()).isEqualTo(NOON);
        assertThat(restored.refused(THROTTLED, NOON.plusSeconds(1))).isTrue();
    }

    @Test
    void aHostWithABugInItsPathIsLeftAlone() {
        health.metBug(NOON);
        assertThat(health.heldUntil()).isEqualTo(NOON.plus(config.bugPause()));
        assertThat(health.reason()).contains("bug in Gleaner");
    }

    @Test
    void theReasonIsTheLastFailureInWords() {
        assertThat(health.reason()).isNull();
        health.failed(TIMEOUT, NOON);
        assertThat(health.reason()).isEqualTo("the whole attempt took too long: after 30 s");
    }
}
