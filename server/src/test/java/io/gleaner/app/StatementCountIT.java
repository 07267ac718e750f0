package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostRelease;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.TestStore;
import io.gleaner.store.Verdict;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many statements each operation sends, by name: the same however much it is about. Requests go
 * over HTTP to a process that only serves the API; leases and settles to the store itself.
 */
class StatementCountIT {

    /** Sent beside operations, by the clock. */
    private static final Set<String> BY_THE_CLOCK = Set.of("backlog", "notify", "ping");

    private static final Pattern COUNT =
            Pattern.compile("gleaner_db_statement_seconds_count\\{statement=\"([^\"]+)\"} (\\d+)");

    private final TestDatabase.Access access = TestDatabase.shared().fresh();
    private final Gleaner gleaner =
            Gleaner.start(
                    Settings.defaults()
                            .with(
                                    draft -> {
                                        draft.databaseUrl = access.urlWithUser();
                                        draft.roles = Set.of(Role.API);
                                        draft.port = 0;
                                        draft.allowPrivateNetworks = true;
                                    }));
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestStore store = new TestStore(SubmitConfig.standard(), access);

    @AfterEach
    void close() {
        http.shutdownNow();
        store.close();
        gleaner.close();
    }

    @Test
    void aSubmissionIsOneStatementAndWithAKeyFour() throws Exception {
        var plain = Map.of("submit", 1);
        assertThat(requests(() -> submit(1, null))).isEqualTo(plain);
        assertThat(requests(() -> submit(1_000, null))).isEqualTo(plain);
        var keyed =
                Map.of(
                        "idempotency-lock", 1,
                        "idempotency-find", 1,
                        "submit", 1,
                        "idempotency-remember", 1);
        assertThat(requests(() -> submit(1, "one"))).isEqualTo(keyed);
        assertThat(requests(() -> submit(1_000, "many"))).isEqualTo(keyed);
    }

    @Test
    void aLargeSubmissionIsOneStatementForEachFiveThousandUrlsAndSixMore() throws Exception {
        assertThat(requests(() -> submit(12_000, null)))
                .isEqualTo(
                        Map.of(
                                "host-add", 1,
                                "submit-jobs", 1,
                                "task-insert-large", 3,
                                "task-count-large", 1,
                                "answer-time", 1,
                                "host-lock", 1,
                                "host-add-large", 1));
    }

    @Test
    void aStatusIsTwoStatementsHoweverManyHostsTheJobHas() throws Exception {
        String small = submit(1, null);
        String large = submit(1_000, null);
        var expected = Map.of("job-find", 1, "job-hosts", 1);
        assertThat(requests(() -> get(small))).isEqualTo(expected);
        assertThat(requests(() -> get(large))).isEqualTo(expected);
    }

    @Test
    void aListOfJobsIsOneStatement() throws Exception {
        for (int i = 0; i < 20; i++) {
            submit(1, null);
        }
        assertThat(requests(() -> get("/api/jobs?limit=1"))).isEqualTo(Map.of("job-list", 1));
        assertThat(requests(() -> get("/api/jobs?limit=20"))).isEqualTo(Map.of("job-list", 1));
        assertThat(requests(() -> get("/api/jobs?limit=20&state=running")))
                .isEqualTo(Map.of("job-list", 1));
    }

    @Test
    void aListOfPagesIsReadInChunksOfFiftyAfterAFirstOfEight() throws Exception {
        Job job = store.submit("a.example", 300);
        HostLease lease = store.queues.lease(UUID.randomUUID(), 1, 300).getFirst();
        store.settlement.settle(verdicts(List.of(lease)));
        String pages = "/api/jobs/" + job.id() + "/pages?limit=";
        assertThat(requests(() -> get(pages + 1))).isEqualTo(Map.of("job-find", 1, "page-read", 1));
        assertThat(requests(() -> get(pages + 8))).isEqualTo(Map.of("job-find", 1, "page-read", 1));
        assertThat(requests(() -> get(pages + 108)))
                .isEqualTo(Map.of("job-find", 1, "page-read", 3));
        assertThat(requests(() -> get("/api/jobs/" + job.id() + "/faults")))
                .isEqualTo(Map.of("job-find", 1, "page-read-faults", 1));
    }

    @Test
    void aLeaseIsOneStatementAndAReleaseTwo() {
        store.submit(candidates(256));
        UUID worker = UUID.randomUUID();
        assertThat(statements(() -> store.queues.lease(worker, 1, 8)))
                .isEqualTo(Map.of("lease", 1));
        assertThat(statements(() -> store.queues.lease(worker, 255, 8)))
                .isEqualTo(Map.of("lease", 1));
        assertThat(statements(() -> release(worker, List.of())))
                .isEqualTo(Map.of("host-lock", 1, "release", 1));
    }

    @Test
    void aSettleIsFiveStatementsAndSixWithLinksHoweverManyTasksJobsAndHosts() {
        store.submit(candidates(1));
        store.submit(candidates(256));
        store.submit(candidates(256));
        List<Verdict> all = verdicts(store.queues.lease(UUID.randomUUID(), 256, 8));
        assertThat(all).hasSize(513);
        var expected =
                Map.of(
                        "job-lock", 1,
                        "task-delete", 1,
                        "page-insert", 1,
                        "task-replace", 1,
                        "job-save", 1);
        assertThat(statements(() -> store.settlement.settle(all.subList(0, 1))))
                .isEqualTo(expected);
        assertThat(statements(() -> store.settlement.settle(all.subList(1, 257))))
                .isEqualTo(expected);

        store.crawl("crawl.example", 1_000);
        HostLease lease = store.queues.lease(UUID.randomUUID(), 1, 1).getFirst();
        Candidate[] links =
                IntStream.range(0, 100)
                        .mapToObj(i -> candidate("crawl.example", i))
                        .toArray(Candidate[]::new);
        var page = TestStore.page(lease.tasks().getFirst(), links);
        var withLinks = new TreeMap<String, Integer>(expected);
        withLinks.put("seen-add", 1);
        assertThat(statements(() -> store.settlement.settle(List.of(page)))).isEqualTo(withLinks);
    }

    private int release(UUID worker, List<HostRelease> releases) {
        store.queues.release(worker, releases);
        return 0;
    }

    private static List<Verdict> verdicts(List<HostLease> leases) {
        return leases.stream()
                .flatMap(lease -> lease.tasks().stream().map(task -> TestStore.page(task)))
                .toList();
    }

    private static List<Candidate> candidates(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> candidate("h%d.example".formatted(i), i))
                .toList();
    }

    private static Candidate candidate(String host, int i) {
        return TestStore.candidate("http://%s/%d".formatted(host, i), host, 0);
    }

    /** Submits URLs of 200 hosts at most; answers the job's path. */
    private String submit(int urls, @Nullable String key) throws Exception {
        String body =
                IntStream.range(0, urls)
                        .mapToObj(i -> "\"http://127.0.%d.1/%d\"".formatted(i % 200, i))
                        .collect(Collectors.joining(",", "{\"urls\":[", "]}"));
        var request =
                request("/api/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private String get(String path) throws Exception {
        HttpResponse<String> answer = http.send(request(path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gleaner.port() + path));
    }

    /** What a request sent, but for the look once a second whether there are access keys. */
    private Map<String, Integer> requests(Callable<?> request) throws Exception {
        Map<String, Integer> before = sent();
        request.call();
        Map<String, Integer> sent = new HashMap<>(difference(before, sent()));
        sent.remove("key-ever");
        return sent;
    }

    private Map<String, Integer> sent() throws Exception {
        return COUNT.matcher(get("/metrics"))
                .results()
                .collect(
                        Collectors.toMap(
                                found -> found.group(1), found -> Integer.valueOf(found.group(2))));
    }

    /** What the store sent. */
    private Map<String, Integer> statements(Supplier<?> operation) {
        Map<String, Integer> before = timed();
        var _ = operation.get();
        return difference(before, timed());
    }

    private Map<String, Integer> timed() {
        return store.metrics.find("gleaner.db.statement").timers().stream()
                .collect(
                        Collectors.toMap(
                                timer -> timer.getId().getTag("statement"),
                                timer -> Math.toIntExact(timer.count())));
    }

    private static Map<String, Integer> difference(
            Map<String, Integer> before, Map<String, Integer> after) {
        var sent = new TreeMap<String, Integer>();
        after.forEach((name, count) -> sent.put(name, count - before.getOrDefault(name, 0)));
        sent.keySet().removeAll(BY_THE_CLOCK);
        sent.values().removeIf(count -> count == 0);
        return sent;
    }
}
