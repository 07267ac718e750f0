package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.budget.Budgets;
import io.gleaner.testing.RawResponse;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.io.IOException;
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
    void listsThatDoNotFitTogetherAreRefusedWithATimeToComeBack() throws Exception {
        // Nobody listens there.
        String lines =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "http://127.1.0.1:1/page/" + i)
                        .collect(Collectors.joining("\n"));
        var answers = new ArrayList<HttpResponse<String>>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(clients.submit(() -> service.upload(lines)));
            }
            for (var one : all) {
                answers.add(one.get());
            }
        }

        assertThat(answers).extracting(HttpResponse::statusCode).contains(202).contains(503);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 503)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.body()).contains("overloaded");
                            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                        });
        assertThat(counted("gleaner_budget_refused_total", "submissions")).isPositive();
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
