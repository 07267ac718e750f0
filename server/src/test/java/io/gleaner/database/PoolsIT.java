package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leaks, empty pools and repeated transactions, on a real server. */
class PoolsIT {

    private static final Duration SUSPECT_AFTER = Duration.ofMillis(300);

    private final TestDatabase.Access access = TestDatabase.shared().fresh();
    private MeterRegistry metrics = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private Database database = open(it -> it);

    /** With so much time for everything that no test meets a limit which it does not set. */
    private Database open(UnaryOperator<DatabaseConfig> change) {
        return Database.open(
                change.apply(
                        DatabaseConfig.of(access.url(), access.user(), access.password())
                                .withConnections(6)
                                .withAcquireTimeout(Patience.LONG)
                                .withAnswerTimes(
                                        new AnswerTimes(
                                                Patience.LONG, Patience.LONG, Patience.LONG))
                                .withLeaks(SUSPECT_AFTER, Duration.ofHours(1))),
                metrics);
    }

    private void reopen(UnaryOperator<DatabaseConfig> change) {
        database.close();
        metrics = new SimpleMeterRegistry();
        database = open(change);
    }

    private void reopenWithASecondForRequests() {
        reopen(
                it ->
                        it.withAnswerTimes(
                                new AnswerTimes(
                                        Duration.ofSeconds(1), Patience.LONG, Patience.LONG)));
    }

    @AfterEach
    void close() {
        letGo.countDown();
        threads.close();
        database.close();
    }

    @Test
    void aConnectionThatIsNeverGivenBackIsFoundTakenAwayAndReplaced() {
        reopen(it -> it.withLeaks(SUSPECT_AFTER, Duration.ofMillis(2_500)));
        hold(database.requests(), 2);
        await().until(() -> counter("suspected") == 2);
        assertThat(metrics.get("gleaner.db.borrow.oldest").gauge().value()).isGreaterThan(0.25);
        await().until(() -> counter("reclaimed") == 2);
        assertThat(counter("recovered")).isZero();
        // The two borrowers are still there, and yet the pool has its two connections.
        List<Future<Integer>> both = new ArrayList<>();
        var met = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            both.add(
                    threads.submit(
                            () ->
                                    database.requests()
                                            .run(
                                                    "both",
                                                    handle -> {
                                                        met.countDown();
                                                        waitFor(met);
                                                        return one(handle);
                                                    })));
        }
        assertThat(both).allSatisfy(done -> assertThat(done.get()).isEqualTo(1));
        assertThat(metrics.get("gleaner.db.borrow.oldest").gauge().value()).isZero();
    }

    @Test
    void aSlowBorrowerThatGivesItsConnectionBackIsARecoveredSuspect() {
        hold(database.requests(), 1);
        await().until(() -> counter("suspected") == 1);
        letGo.countDown();
        await().until(() -> counter("recovered") == 1);
        assertThat(counter("reclaimed")).isZero();
    }

    @Test
    void anExhaustedPoolSaysSoIsNoOutageAndStarvesNoOther() {
        reopen(it -> it.withAcquireTimeout(Duration.ofSeconds(2)));
        hold(database.requests(), 2);
        assertThatThrownBy(() -> database.requests().single("query", PoolsIT::one))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("all connections to the database are busy");
        assertThat(database.work().<Integer>run("work", PoolsIT::one)).isEqualTo(1);
        assertThat(database.maintenance().<Integer>run("chore", PoolsIT::one)).isEqualTo(1);
        letGo.countDown();
        // An outage would let only one in at a time and refuse the others at once.
        assertThat(database.requests().<Integer>run("query", PoolsIT::one)).isEqualTo(1);
    }

    @Test
    void aDeadlockIsRepeatedUntilBothHaveTheirWay() throws Exception {
        database.work()
                .single(
                        "make",
                        handle ->
                                handle.execute(
                                        "CREATE TABLE pair AS SELECT n AS id, 0 AS sum FROM"
                                                + " generate_series(1, 2) n"));
        var both = new CountDownLatch(2);
        Future<?> one = threads.submit(() -> addInOrder(1, 2, both));
        Future<?> two = threads.submit(() -> addInOrder(2, 1, both));
        one.get();
        two.get();
        assertThat(database.work().<Integer>single("sum", PoolsIT::sum)).isEqualTo(4);
    }

    @Test
    void aConnectionLostInTheMiddleIsRepeatedOnlyWhereThatIsHarmless() {
        var tries = new AtomicInteger();
        int answer =
                database.work().runRepeatable("repeatable", handle -> killedOnce(handle, tries));
        assertThat(answer).isEqualTo(1);
        assertThat(tries).hasValue(2);

        var once = new AtomicInteger();
        assertThatThrownBy(() -> database.work().run("once", handle -> killedOnce(handle, once)))
                .isInstanceOf(DatabaseException.class);
        assertThat(once).hasValue(1);
        assertThat(database.work().<Integer>run("after", PoolsIT::one)).isEqualTo(1);
    }

    @Test
    void aRequestThatTakesTooLongIsCancelledByTheServerAndIsNoOutage() {
        reopenWithASecondForRequests();
        assertThatThrownBy(() -> database.requests().single("slow", PoolsIT::sleep))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("the database took too long");
        assertThat(metrics.get("gleaner.db.outage").gauge().value()).isZero();
        assertThat(database.requests().<Integer>single("after", PoolsIT::one)).isEqualTo(1);
    }

    @Test
    void workAndUploadsMayTakeLongerThanARequestAndLeaveTheConnectionAsItWas() {
        reopenWithASecondForRequests();
        assertThat(database.work().<Integer>single("work", PoolsIT::sleep)).isEqualTo(1);
        for (int n = 0; n < 2; n++) {
            assertThat(database.requests().<Integer>runBulk("bulk", PoolsIT::sleep)).isEqualTo(1);
        }
        for (int n = 0; n < 2; n++) {
            assertThatThrownBy(() -> database.requests().single("slow", PoolsIT::sleep))
                    .hasMessageContaining("the database took too long");
        }
    }

    private static int sleep(Handle handle) {
        return handle.createQuery("SELECT 1 FROM pg_sleep(1.2)").mapTo(Integer.class).one();
    }

    private void addInOrder(int first, int second, CountDownLatch both) {
        database.work()
                .run(
                        "add",
                        handle -> {
                            add(handle, first);
                            both.countDown();
                            waitFor(both);
                            add(handle, second);
                            return 0;
                        });
    }

    private static void add(Handle handle, int id) {
        handle.execute("UPDATE pair SET sum = sum + 1 WHERE id = ?", id);
    }

    private static int sum(Handle handle) {
        return handle.createQuery("SELECT sum(sum) FROM pair").mapTo(Integer.class).one();
    }

    private int killedOnce(Handle handle, AtomicInteger tries) {
        if (tries.incrementAndGet() == 1) {
            int pid = handle.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
            try (var other = access.connect();
                    var statement = other.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(%d, 5000)".formatted(pid));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return one(handle);
    }

    /** Takes connections and keeps them until let go. */
    private void hold(Transactions pool, int connections) {
        var held = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            var _ = threads.submit(() -> hold(pool, held));
        }
        waitFor(held);
    }

    private void hold(Transactions pool, CountDownLatch held) {
        var got = new AtomicBoolean();
        while (!got.get()) {
            try {
                pool.run(
                        "holder",
                        handle -> {
                            got.set(true);
                            held.countDown();
                            waitFor(letGo);
                            return 0;
                        });
            } catch (DatabaseException e) {
                // Before it got one: a busy machine needs longer to make it. After: it was taken.
                assertThat(e).hasMessageMatching("(?s).*(busy|cannot be reached|refused).*");
            }
        }
    }

    private double counter(String name) {
        return metrics.get("gleaner.db.leaks." + name).counter().count();
    }

    private static int one(Handle handle) {
        return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
