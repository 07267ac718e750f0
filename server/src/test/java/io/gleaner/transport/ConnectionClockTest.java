package io.gleaner.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a connection may be waited for, by what it is at. */
final class ConnectionClockTest {

    private static final long SECOND = 1_000_000_000;

    // The source may be anywhere, and may turn over.
    private static final long START = Long.parseLong("9223372031854775807");

    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    1_000,
                    1,
                    1,
                    1);

    private final ConnectionClock clock = new ConnectionClock(LIMITS, START);

    @Test
    void aSilentConnectionHasTenSeconds() {
        assertThat(clock.beforeRead(START, true) - START).isEqualTo(10 * SECOND);
    }

    @Test
    void aByteASecondGivesAHeadNoMoreTime() {
        for (int second = 1; second < 10; second++) {
            assertThat(read(second - 1, second, 1, true)).isEqualTo(10 * SECOND);
        }
    }

    @Test
    void theFieldsCountWithTheLine() {
        read(0, 9, 20, true);
        clock.lineCame(START + 9 * SECOND);

        assertThat(read(9, 9, 1, false)).isEqualTo(10 * SECOND);
    }

    @Test
    void betweenRequestsThereIsMoreTimeAndThenAHeadsAgain() {
        head();

        assertThat(read(5, 70, 1, true)).isEqualTo((5 + 75) * SECOND);
        assertThat(read(71, 72, 1, true)).isEqualTo((70 + 10) * SECOND);
        assertThat(read(72, 73, 1, true)).isEqualTo((70 + 10) * SECOND);
    }

    @Test
    void aHeadThatCameWithTheRequestBeforeHasItsTenSeconds() {
        head();
        clock.lineCame(START + 3 * SECOND);

        assertThat(read(3, 4, 1, false)).isEqualTo((3 + 10) * SECOND);
    }

    @Test
    void aBodyMayPauseAndMayNotDrip() {
        head();

        assertThat(read(0, 20, 1_000, false)).isEqualTo(30 * SECOND);
        assertThat(read(20, 21, 1, false)).isEqualTo(31 * SECOND);
        assertThat(read(21, 31, 1, false)).isBetween(31 * SECOND, 31 * SECOND + SECOND / 100);
        assertThat(read(31, 31, 1, false)).isBetween(31 * SECOND, 31 * SECOND + SECOND / 100);
    }

    @Test
    void whatTheServerDoesMeanwhileIsNotTheClients() {
        head();
        read(0, 20, 0, false);

        assertThat(read(500, 500, 0, false)).isEqualTo((500 + 10) * SECOND);
    }

    @Test
    void theNextBodyBeginsAnew() {
        head();
        read(0, 29, 0, false);
        head();

        assertThat(read(40, 40, 0, false)).isEqualTo((40 + 30) * SECOND);
    }

    @Test
    void anAnswerThatNobodyReadsEnds() {
        head();

        assertThat(write(0, 50, 1_000)).isEqualTo(61 * SECOND);
        assertThat(write(50, 50, 1_000)).isEqualTo((50 + 60 - 49 + 1) * SECOND);
    }

    private void head() {
        clock.headCame();
    }

    /** The deadline, in nanoseconds from the start. */
    private long read(int from, int to, int bytes, boolean between) {
        long deadline = clock.beforeRead(START + from * SECOND, between);
        clock.afterRead(START + to * SECOND, bytes);
        return deadline - START;
    }

    private long write(int from, int to, int bytes) {
        long deadline = clock.beforeWrite(START + from * SECOND, bytes);
        clock.afterWrite(START + to * SECOND, bytes);
        return deadline - START;
    }
}
