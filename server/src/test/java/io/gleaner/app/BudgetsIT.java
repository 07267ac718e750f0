package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.budget.Budgets;
import io.gleaner.testing.RawResponse;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The service with the least memory it takes, pressed from every side: nothing is lost. */
@Timeout(300)
class BudgetsIT {

    private static final int HOSTS = 24;
    private static final int READERS = 4;

    /** Over the share of bodies together, each far below it. */
    private static final int BODY_BYTES = 1 << 20;

    private final RunningService service =
            RunningService.startWith(
                    withSmallBodies(RunningService.limits(64, 1_000, 8, Duration.ofMillis(200))),
                    Budgets.BYTES_MIN);

    private static Limits withSmallBodies(Limits limits) {
        return new Limits(
                limits.worker(),
                limits.politeness(),
                limits.fetch().withBodyMaxBytes(BODY_BYTES, BODY_BYTES));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void largePagesOfManyHostsWaitForOneAnotherAndAllCome() throws Exception {
        var sites = new ArrayList<TestSite>();
        try {
            for (int i = 1; i <= HOSTS; i++) {
                sites.add(TestSite.start("127.0.1." + i).route("/large", BudgetsIT::large));
            }
            List<String> urls = sites.stream().map(site -> site.url("/large").toString()).toList();

            List<Map<String, JsonNode>> read =
                    watched(() -> readByMany(service.submit(Map.of("urls", urls))));

            assertThat(read)
                    .allSatisfy(
                            pages -> {
                                assertThat(pages).hasSize(HOSTS);
                                assertThat(pages.values())
                                        .extracting(page -> page.path("markdown").asString())
                                        .doesNotContain("");
                            });
        } finally {
            sites.forEach(TestSite::close);
        }
        // Which of them had to wait depends on what else the machine does.
        for (String budget : List.of("bodies", "trees", "pages", "streams")) {
            assertThat(counted("gleaner_budget_bytes", budget)).as(budget).isZero();
        }
    }

    @Test
    void aListThatDoesNotFitBesideAnotherIsRefusedWithATimeToComeBack() throws Exception {
        // Nobody listens there.
        String lines =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "http://127.1.0.1:1/page/%d\n".formatted(i))
                        .collect(Collectors.joining());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                var body = new PipedInputStream()) {
            Future<HttpResponse<String>> first;
            try (var rest = new PipedOutputStream(body)) {
                first =
                        clients.submit(
                                () -> service.upload(BodyPublishers.ofInputStream(() -> body)));
                rest.write(lines.getBytes(UTF_8));
                rest.flush();
                double limit = counted("gleaner_budget_limit_bytes", "submissions");
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> counted("gleaner_budget_bytes", "submissions") > limit / 2);

                HttpResponse<String> beside = service.upload(lines);
                assertThat(beside.statusCode()).isEqualTo(503);
                assertThat(beside.body()).contains("overloaded");
                assertThat(beside.headers().firstValue("Retry-After")).isPresent();
                assertThat(counted("gleaner_budget_refused_total", "submissions")).isPositive();
            }
            assertThat(first.get().statusCode()).isEqualTo(202);
        }
        assertThat(service.upload(lines).statusCode()).isEqualTo(202);
        assertThat(counted("gleaner_budget_bytes", "submissions")).isZero();
    }

    private List<Map<String, JsonNode>> readByMany(String job) throws Exception {
        List<Map<String, JsonNode>> read = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, JsonNode>>> all = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                all.add(clients.submit(() -> service.results(job)));
            }
            for (var one : all) {
                read.add(one.get());
            }
        }
        return read;
    }

    /** Looks again and again meanwhile: nothing is over its limit at any time. */
    private <T> T watched(Callable<T> work) throws Exception {
        var done = new AtomicBoolean();
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> looks = beside.submit(() -> look(done));
            try {
                return work.call();
            } finally {
                done.set(true);
                assertThat(looks.get()).isPositive();
            }
        }
    }

    private int look(AtomicBoolean done) throws Exception {
        int looks = 0;
        while (!done.get()) {
            Map<String, Double> samples = samples();
            samples.forEach(
                    (name, used) -> {
                        if (name.startsWith("gleaner_budget_bytes{")) {
                            String limit = name.replace("_bytes", "_limit_bytes");
                            assertThat(used).as(name).isLessThanOrEqualTo(samples.get(limit));
                        }
                    });
            looks++;
        }
        return looks;
    }

    private double counted(String name, String budget) throws Exception {
        return requireNonNull(samples().get("%s{budget=\"%s\"}".formatted(name, budget)));
    }

    private Map<String, Double> samples() throws Exception {
        return service.answer("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gleaner_budget_"))
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(part -> part[0], part -> Double.valueOf(part[1])));
    }

    private static void large(RecordedRequest request, RawResponse out) throws IOException {
        String text = "<p>One of many paragraphs, all the same.</p>\n";
        out.html(
                "<html><title>Large</title><body><main>%s</main></body></html>"
                        .formatted(text.repeat(BODY_BYTES / text.length() - 10)));
    }
}
