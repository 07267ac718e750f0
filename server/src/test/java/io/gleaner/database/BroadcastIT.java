package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages between processes of one database, and what happens when the listener is cut off. */
class BroadcastIT {

    private static final String LISTENERS =
            "FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN gleaner'";

    private final TestDatabase.Access access = TestDatabase.shared().fresh();
    private final Database database =
            Database.open(
                    DatabaseConfig.of(access.url(), access.user(), access.password()),
                    new SimpleMeterRegistry());
    private final Heard one = new Heard();
    private final Heard other = new Heard();
    private final Broadcast first = Broadcast.start(database, one, new SimpleMeterRegistry());
    private final Broadcast second = Broadcast.start(database, other, new SimpleMeterRegistry());

    @AfterEach
    void close() {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void everybodyHearsAMessageInTheOrderSent() {
        awaitListening(1);
        first.send("a");
        first.send("b");
        await().until(() -> one.messages.size() == 2 && other.messages.size() == 2);
        assertThat(one.messages).isEqualTo(List.of("a", "b")).isEqualTo(other.messages);
    }

    @Test
    void aListenerThatWasCutOffComesBackAndSaysThatItMayHaveMissedSomething() throws SQLException {
        awaitListening(1);
        assertThat(execute("SELECT pg_terminate_backend(pid, 5000) " + LISTENERS)).isEqualTo(2);
        awaitListening(2);
        second.send("after");
        await().until(() -> one.messages.contains("after") && other.messages.contains("after"));
    }

    @Test
    void aClosedOneListensNoMore() {
        awaitListening(1);
        first.close();
        second.close();
        await().until(() -> execute("SELECT 1 " + LISTENERS) == 0);
        assertThat(one.gaps).hasValue(1);
    }

    private void awaitListening(int times) {
        await().until(() -> one.gaps.get() == times && other.gaps.get() == times);
    }

    private int execute(String sql) throws SQLException {
        try (Connection connection = access.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            int n = 0;
            while (rows.next()) {
                n++;
            }
            return n;
        }
    }

    private static final class Heard implements Broadcast.Ear {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final AtomicInteger gaps = new AtomicInteger();

        @Override
        public void message(String text) {
            messages.add(text);
        }

        @Override
        public void gap() {
            gaps.incrementAndGet();
        }
    }
}
