package io.gleaner.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Task;
import io.gleaner.store.Lease;
import io.gleaner.store.LeasedTask;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class HandTest {

    private final Hand hand = new Hand();

    @Test
    void aTaskStaysInHandUntilItIsLetGo() {
        hand.add(List.of(task(1), task(2)));
        Held first = requireNonNull(hand.next());
        assertThat(hand.waiting()).isEqualTo(1);
        assertThat(hand.held()).containsExactlyInAnyOrder(1L, 2L);
        first.close();
        assertThat(hand.held()).containsExactly(2L);
    }

    @Test
    void aTaskThatIsInHandAlreadyIsNotTakenTwice() {
        hand.add(List.of(task(1)));
        hand.next();
        hand.add(List.of(task(1)));
        assertThat(hand.next()).isNull();
    }

    @Test
    void aTaskThatIsPutBackIsNextAgain() {
        hand.add(List.of(task(1), task(2)));
        Held first = requireNonNull(hand.next());
        first.putBack();
        first.close();
        assertThat(requireNonNull(hand.next()).task()).isEqualTo(first.task());
        assertThat(hand.held()).hasSize(2);
    }

    @Test
    void whoPassedATaskOnDoesNotLetItGo() {
        hand.add(List.of(task(1)));
        Held first = requireNonNull(hand.next());
        Held second = first.passOn();
        first.close();
        assertThat(hand.held()).containsExactly(1L);
        second.close();
        second.close();
        assertThat(hand.isEmpty()).isTrue();
        assertThat(hand.changes()).isEqualTo(1);
    }

    @Test
    void lettingGoOfTheWaitingKeepsTheRunning() {
        hand.add(List.of(task(1), task(2), task(3)));
        hand.next();
        assertThat(hand.letGoOfWaiting()).isEqualTo(2);
        assertThat(hand.held()).containsExactly(1L);
        assertThat(hand.isEmpty()).isFalse();
    }

    @Test
    void aWaiterWakesWhenATaskIsLetGo() throws Exception {
        hand.add(List.of(task(1)));
        long seen = hand.changes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiter =
                    threads.submit(
                            () -> {
                                hand.awaitChange(seen, Duration.ofMinutes(1));
                                return hand.isEmpty();
                            });
            hand.letGo(task(1).task());
            assertThat(waiter.get()).isTrue();
        }
    }

    private static LeasedTask task(long id) {
        return new LeasedTask(
                new Task(id, 1, new UUID(0, 1), "http://a.example/" + id, 0, 1, 0, 0),
                new Lease(1, "a.example", new UUID(0, 2), 1),
                true);
    }
}
