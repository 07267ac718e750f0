package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.drill.QueueHistory.Item;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueHistoryTest {

    private final QueueHistory queue =
            new QueueHistory(
                    List.of(
                            new Item(1.0, 2.5),
                            new Item(1.5, 10.2),
                            new Item(8.0, Double.POSITIVE_INFINITY)));

    @Test
    void aPageWaitsFromItsSubmissionUntilItWasFetched() {
        assertThat(IntStream.of(0, 2, 3, 9, 11).map(queue::backlog)).containsExactly(0, 2, 1, 2, 1);
        assertThat(IntStream.of(0, 2, 9, 11).map(queue::oldest)).containsExactly(0, 1, 7, 3);
    }

    @Test
    void aPageThatNeverWasFetchedWaitedForEver() {
        assertThat(queue.waitAt(0.3)).isEqualTo(2);
        assertThat(queue.waitAt(0.6)).isEqualTo(9);
        assertThat(queue.waitAt(0.99)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void nothingWaitsForNoTime() {
        var empty = new QueueHistory(List.of());
        assertThat(empty.waitAt(0.99)).isZero();
        assertThat(empty.backlog(3)).isZero();
    }

    @Test
    void theRateIsWhatCameAround() {
        assertThat(queue.rate(2, 1)).isEqualTo(1);
        assertThat(queue.rate(8, 2)).isEqualTo(0.25);
    }
}
