package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.TestSite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Two APIs, two workers and one that does the chores, each a process, on one PostgreSQL. What they
 * owe each other: news at once, and the work of whoever dies or leaves.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
final class ManyProcessesIT {

    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m");
    private static final Pattern WORKER = Pattern.compile("worker (\\S+) leases host queues");
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;

    private static final int MANY_HOSTS = 320;
    private static final int ROUNDS_MAX = 5;
    private static final String PAGES_COUNTED = "gleaner_tasks_total{verdict=\"content\"}";
    private static final int PAGES = 120;
    private static final int PAGES_BEFORE_GATE = 40;

    private static final TestDatabase.Access DATABASE = TestDatabase.shared().fresh();

    private static ServiceProcess one;
    private static ServiceProcess other;
    private static ServiceProcess chores;
    private static final List<ServiceProcess> WORKING = new ArrayList<>();

    /** With one attempt for each URL, so that a stop that cost one would show as a fault. */
    private static ServiceProcess launch(String role) {
        return ServiceProcess.launch(
                QUICK_START,
                List.of(
                        "--roles",
                        role,
                        "--attempts",
                        "1",
                        "--database-url",
                        "%s&user=%s&password=%s"
                                .formatted(DATABASE.url(), DATABASE.user(), DATABASE.password())),
                Map.of("GLEANER_DATABASE_CONNECTIONS", "8"));
    }

    /** All at once, on a database without a schema. */
    @BeforeAll
    static void start() throws InterruptedException {
        one = launch("api");
        other = launch("api");
        chores = launch("maintenance");
        for (ServiceProcess process : List.of(one, other, chores)) {
            process.awaitReady();
        }
    }

    @BeforeEach
    void twoWorkers() throws InterruptedException {
        WORKING.removeIf(worker -> !worker.isAlive());
        while (WORKING.size() < 2) {
            WORKING.add(launch("worker"));
        }
        for (ServiceProcess worker : WORKING) {
            worker.awaitReady();
        }
    }

    @AfterAll
    static void close() {
        Stream.concat(Stream.of(one, other, chores), WORKING.stream())
                .forEach(ServiceProcess::close);
    }

    @Test
    void aJobThatOneApiHasTakenIsThereAtTheOther() throws Exception {
        try (var site = new SpreadSite(50, page -> {})) {
            String job = one.submit(site.crawl());
            assertThat(other.get(job).path("links").path("self").asString()).isEqualTo(job);
            other.assertComplete(job, site.urls());
            one.assertComplete(job, site.urls());
        }
    }

    @Test
    void aWaitAtOneApiEndsWithTheWorkOfAnotherProcess() throws Exception {
        var gate = new CountDownLatch(1);
        var waiting = new AtomicInteger();
        try (var site = gated(0, gate, waiting)) {
            String job = one.submit("{\"urls\": [\"%s\"]}".formatted(site.url(0)));
            await().until(() -> waiting.get() > 0);
            var wait = other.sendAsync(other.request(job + "?wait=30s"));
            assertThat(one.get(job).path("state").asString()).isEqualTo("running");
            assertThat(wait).isNotDone();
            gate.countDown();
            assertThat(ServiceProcess.json(wait.join(), 200).path("state").asString())
                    .isEqualTo("completed");
        }
    }

    @Test
    void whatAKilledWorkerHeldIsServedByTheOther() throws Exception {
        amidHangingRequests(
                victim -> {
                    victim.kill();
                    assertThat(victim.awaitExit()).isEqualTo(KILLED);
                    await().until(() -> hostsOf(victim) == 0);
                });
    }

    @Test
    void aTerminatedWorkerHandsItsHostsBackAndNoTaskPaysForIt() throws Exception {
        amidHangingRequests(
                victim -> {
                    victim.terminate();
                    // While the requests hang, which it does not wait for.
                    assertThat(victim.awaitExit()).isZero();
                    assertThat(hostsOf(victim)).isZero();
                    assertThat(
                                    number(
                                            "SELECT count(*) FROM worker WHERE id = '%s'"
                                                    .formatted(id(victim))))
                            .isZero();
                    assertThat(number("SELECT count(*) FROM task WHERE attempt > 1 OR rescues > 0"))
                            .isZero();
                });
    }

    @Test
    void aWorkerThatIsTerminatedWhileItWaitsForRobotsTxtHandsItsHostsBack() throws Exception {
        var gate = new CountDownLatch(1);
        try (var site = TestSite.start()) {
            site.route(
                    "/robots.txt",
                    (_, out) -> {
                        gate.await();
                        out.status(404);
                    });
            String url = site.url("/about.html").toString();
            String job = one.submit("{\"urls\": [\"%s\"]}".formatted(url));
            await().until(() -> site.requests("/robots.txt") > 0);
            ServiceProcess victim =
                    WORKING.stream().filter(worker -> hostsOf(worker) > 0).findFirst().get();
            victim.terminate();
            assertThat(victim.awaitExit()).isZero();
            assertThat(hostsOf(victim)).isZero();
            await().until(() -> site.requests("/robots.txt") > 1);
            assertThat(number("SELECT count(*) FROM task WHERE rescues > 0")).isZero();
            gate.countDown();
            other.assertComplete(job, List.of(url));
        }
    }

    @Test
    void whatWorkersWereLeasingWhenTheyWereTerminatedIsHandedBackAndNotTakenOver()
            throws Exception {
        long takenOver = takenOver();
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE host IN EXCLUSIVE MODE");
            statement.execute(
                    "INSERT INTO host (name, backlog, ready_at) VALUES ('http://127.0.0.1:9', 0,"
                            + " now())");
            await().until(() -> leasesThatWait() == WORKING.size());
            for (ServiceProcess worker : WORKING) {
                worker.terminate();
                worker.awaitOutput("stopping");
            }
            connection.commit();
        }
        for (ServiceProcess worker : WORKING) {
            assertThat(worker.awaitExit()).isZero();
            assertThat(hostsOf(worker)).isZero();
        }
        assertThat(takenOver()).isEqualTo(takenOver);
    }

    private static long leasesThatWait() {
        return number(
                "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND query LIKE '%gleaner:lease */%'");
    }

    private static long takenOver() {
        return chores.output().stream().filter(line -> line.contains("took over")).count();
    }

    @Test
    void aSecondTerminationStopsAtOnceAndTheOtherGoesOn() throws Exception {
        amidHangingRequests(
                victim -> {
                    victim.terminate();
                    victim.awaitOutput("stopping");
                    victim.terminate();
                    assertThat(victim.awaitExit()).isEqualTo(TERMINATED);
                });
    }

    /**
     * Who looks first takes some of the due queues, who looks next takes others. Whether a starved
     * machine lets the second look in time is chance, so it gets more than one.
     */
    @Test
    void twoWorkersShareTheWorkOverManyHosts() throws Exception {
        List<Long> before = pagesOfEach();
        try (var site = TestSite.start("0.0.0.0")) {
            for (int round = 0; round < ROUNDS_MAX && !bothHaveMoreThan(before); round++) {
                List<String> urls = oneOfEachHost(site, round);
                String list = urls.stream().collect(Collectors.joining("\", \""));
                String job = one.submit("{\"urls\": [\"%s\"]}".formatted(list));
                other.assertComplete(job, urls);
                assertThat(books(job)).matches(Books::balance);
            }
        }
        assertThat(bothHaveMoreThan(before)).as("pages of each %s", pagesOfEach()).isTrue();
    }

    private static List<String> oneOfEachHost(TestSite site, int round) {
        return IntStream.range(0, MANY_HOSTS)
                .mapToObj(
                        i ->
                                "http://127.2.%d.%d:%d/graph/1/0?%d"
                                        .formatted(i / 250, i % 250 + 1, site.port(), round))
                .toList();
    }

    private static boolean bothHaveMoreThan(List<Long> before) throws Exception {
        List<Long> now = pagesOfEach();
        return IntStream.range(0, WORKING.size()).allMatch(i -> now.get(i) > before.get(i));
    }

    private static List<Long> pagesOfEach() throws Exception {
        List<Long> pages = new ArrayList<>();
        for (ServiceProcess worker : WORKING) {
            pages.add(
                    worker.send(worker.request("/metrics"))
                            .body()
                            .lines()
                            .filter(line -> line.startsWith(PAGES_COUNTED))
                            .mapToLong(line -> (long) Double.parseDouble(line.split(" ", -1)[1]))
                            .sum());
        }
        return pages;
    }

    private interface Blow {
        void to(ServiceProcess victim) throws Exception;
    }

    /**
     * Requests hang, the worker that sent them is dealt a blow, the other asks again, and each URL
     * comes to a page, exactly once.
     */
    private static void amidHangingRequests(Blow blow) throws Exception {
        var gate = new CountDownLatch(1);
        var waiting = new AtomicInteger();
        try (var site = gated(PAGES_BEFORE_GATE, gate, waiting)) {
            String job = one.submit(site.crawl());
            await().until(() -> waiting.get() > 0);
            ServiceProcess victim =
                    WORKING.stream().max((a, b) -> Long.compare(hostsOf(a), hostsOf(b))).get();
            assertThat(hostsOf(victim)).isPositive();
            int before = waiting.get();
            blow.to(victim);
            await().until(() -> waiting.get() > before);
            gate.countDown();
            other.assertComplete(job, site.urls());
            Books books = books(job);
            assertThat(books).matches(Books::balance);
            assertThat(books.done()).isEqualTo(PAGES);
        }
    }

    /** A site whose later pages answer when the gate opens. */
    private static SpreadSite gated(int from, CountDownLatch gate, AtomicInteger waiting) {
        return new SpreadSite(
                PAGES,
                page -> {
                    if (page >= from) {
                        waiting.incrementAndGet();
                        gate.await();
                    }
                });
    }

    private static long hostsOf(ServiceProcess worker) {
        return number("SELECT count(*) FROM host WHERE lease_owner = '%s'".formatted(id(worker)));
    }

    /** By which the database knows a worker. */
    private static String id(ServiceProcess worker) {
        return worker.output().stream()
                .map(WORKER::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Books books(String job) throws SQLException {
        try (var connection = DATABASE.connect()) {
            return Books.of(job, connection);
        }
    }

    private static long number(String sql) {
        try (var connection = DATABASE.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
