package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class BacklogIT {

    @Test
    void aQueueThatIsDueIsOverdueAndOneThatMustWaitIsNot() {
        try (var store = new TestStore()) {
            assertThat(count(store).overdueSeconds()).isZero();

            store.submit("due.example", 3);
            store.submit("polite.example", 2);
            readyAt(store, "polite.example", "now() + interval '1 hour'");
            readyAt(store, "due.example", "now() - interval '10 minutes'");

            Backlog.Count count = count(store);
            assertThat(count.tasks()).isEqualTo(5);
            assertThat(count.hostsWaiting()).isEqualTo(1);
            assertThat(count.overdueSeconds()).isBetween(600.0, 660.0);

            readyAt(store, "due.example", "now() + interval '1 hour'");
            assertThat(count(store).overdueSeconds()).isZero();
            assertThat(count(store).hostsWaiting()).isEqualTo(2);
        }
    }

    /** One that has not counted yet: a count stands for a second. */
    private static Backlog.Count count(TestStore store) {
        var backlog = new Backlog(store.database.requests(), 1_000, InstantSource.system());
        backlog.tasks();
        return backlog.lately();
    }

    private static void readyAt(TestStore store, String host, String time) {
        store.execute("UPDATE host SET ready_at = %s WHERE name = '%s'".formatted(time, host));
    }
}
