package io.gleaner.perf.autoscale.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueTest {

    private final Queue queue = new Queue(100);

    @Test
    void whatIsServedInItsSecondHasNotWaited() {
        queue.add(0, 10);
        assertThat(queue.take(0, 20)).isEqualTo(10);
        assertThat(queue.size()).isZero();
        assertThat(queue.waitAt(1)).isZero();
    }

    @Test
    void theOldestGoesFirstAndItsWaitIsKnown() {
        queue.add(0, 10);
        queue.add(5, 10);
        assertThat(queue.take(7, 10)).isEqualTo(10);
        assertThat(queue.oldest(7)).isEqualTo(2);
        assertThat(queue.take(8, 10)).isEqualTo(10);
        assertThat(queue.waitAt(0.5)).isEqualTo(3);
        assertThat(queue.waitAt(1)).isEqualTo(7);
    }

    @Test
    void aPercentileCountsItemsAndNotSeconds() {
        queue.add(0, 99);
        queue.take(0, 99);
        queue.add(10, 1);
        queue.take(40, 1);
        assertThat(queue.waitAt(0.99)).isZero();
        assertThat(queue.waitAt(1)).isEqualTo(30);
    }

    @Test
    void whatIsLeftHasWaitedUntilTheEnd() {
        queue.add(90, 1);
        queue.end(100);
        assertThat(queue.waitAt(0.99)).isEqualTo(10);
    }
}
