package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gleaner.postgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A statement that takes too long is in the log with its plan, once a minute. */
class SlowStatementsIT {

    private static final Sql SLOW =
            Sql.named(
                    "slow-find",
                    "SELECT id FROM it WHERE id = ANY (:ids) AND pg_sleep(0.6) IS NOT NULL");

    private final TestDatabase.Access access = TestDatabase.shared().fresh();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SlowStatements.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Database database = open(Duration.ofMillis(500));

    private Database open(Duration slowAfter) {
        return Database.open(
                DatabaseConfig.of(access.url(), access.user(), access.password())
                        .withSlowAfter(slowAfter),
                new SimpleMeterRegistry());
    }

    @BeforeEach
    void listen() {
        database.work()
                .single("make", it -> it.execute("CREATE TABLE it AS SELECT 1 AS id, 2 AS n"));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        database.close();
    }

    @Test
    void aSlowStatementIsLoggedOnceWithItsNameAndPlan() {
        database.work().<Integer>single("find", SlowStatementsIT::find);
        await().until(() -> !said().isEmpty());
        database.work().<Integer>single("find", SlowStatementsIT::find);
        // Said by the same thread that ran the statement if at all, and the plan beside it.
        database.work().<Integer>single("other", it -> slept(it, "other"));
        await().until(() -> said().stream().anyMatch(it -> it.contains(" other ")));
        assertThat(said().stream().filter(it -> it.contains("slow-find")))
                .singleElement()
                .asString()
                .containsPattern("slow statement slow-find took \\d+ ms; its plan:\n")
                .contains("Seq Scan on it", "id = ANY ($1)");
    }

    @Test
    void aFastStatementIsNotLogged() {
        try (Database patient = open(Duration.ofMinutes(1))) {
            patient.work().<Integer>single("other", it -> slept(it, "fast"));
        }
        database.work().<Integer>single("other", it -> slept(it, "last"));
        await().until(() -> said().stream().anyMatch(it -> it.contains(" last ")));
        assertThat(said()).noneMatch(it -> it.contains(" fast "));
    }

    private static int find(Handle handle) {
        return handle.createQuery(SLOW.text())
                .bindArray("ids", Integer.class, 1)
                .mapTo(Integer.class)
                .one();
    }

    private static int slept(Handle handle, String name) {
        Sql sql = Sql.named(name, "SELECT 1 WHERE pg_sleep(0.6) IS NOT NULL");
        return handle.createQuery(sql.text()).mapTo(Integer.class).one();
    }

    private List<String> said() {
        return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
