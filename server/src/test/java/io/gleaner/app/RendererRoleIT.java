package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.TestStore;
import io.gleaner.testing.Application;
import io.gleaner.testing.ApplicationRoutes;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Workers that have no browser, and renderers that have one, on one database. */
@Timeout(300)
class RendererRoleIT {

    private static final String ELSEWHERE = "elsewhere";
    private static final String QUEUED = "gleaner_render_queued";
    private static final Set<Role> RENDERER = Set.of(Role.RENDERER);

    private final String database = TestDatabase.shared().freshUrl();

    private RunningService withoutBrowser() {
        var roles = Set.of(Role.API, Role.WORKER, Role.MAINTENANCE);
        return RunningService.startAs(roles, ELSEWHERE, database);
    }

    private RunningService renderer() {
        return RunningService.startAs(
                RENDERER, RunningService.limits(16, 1_000, 8, Duration.ofMillis(200)), database);
    }

    private ServiceProcess rendererProcess() {
        return ServiceProcess.launch(
                List.of(),
                List.of("--database-url", database, "--roles", "renderer"),
                Map.of("GLEANER_SECRET_KEY", TestStore.SECRET_KEY));
    }

    private static double pages(RunningService of, boolean rendered) throws Exception {
        String name = "gleaner_pages_total{rendered=\"" + rendered + "\"}";
        return of.answer("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    @Test
    void whatNeedsABrowserIsHandedOverAndNothingElse() throws Exception {
        try (TestSite site = TestSite.start();
                var workers = withoutBrowser();
                var renderer = renderer()) {
            List<Application> applications = ApplicationRoutes.addTo(site);
            var all = new SoftAssertions();
            for (String mode : List.of("auto", "always")) {
                Map<String, JsonNode> pages =
                        workers.results(
                                workers.submit(
                                        job(
                                                applications.stream()
                                                        .map(one -> site.url(one.path()).toString())
                                                        .toList(),
                                                mode)));
                for (Application one : applications) {
                    JsonNode page = requireNonNull(pages.get(site.url(one.path()).toString()));
                    String as = mode + " " + one.path() + " " + page;
                    boolean rendered = mode.equals("always") || one.needsBrowser();
                    if (!rendered) { // What a browser makes of each is for RenderedJobIT.
                        all.assertThat(page.path("markdown").asString(""))
                                .as(as)
                                .contains(one.content());
                    }
                    all.assertThat(page.path("rendered").asBoolean()).as(as).isEqualTo(rendered);
                    all.assertThat(page.path("renderedWhy").asString("")).as(as).isNotEmpty();
                }
            }
            all.assertAll();
            int needing = (int) applications.stream().filter(Application::needsBrowser).count();
            assertThat(pages(renderer, true)).isEqualTo(applications.size() + needing);
            assertThat(pages(renderer, false)).isZero();
            assertThat(pages(workers, true)).isZero();
        }
    }

    private static Map<String, Object> job(List<String> urls, String mode) {
        var job = new LinkedHashMap<String, Object>();
        job.put("urls", urls);
        job.put("render", mode);
        job.put("onlyMainContent", false);
        job.put("timeout", "60s");
        return job;
    }

    @Test
    void aHostsPagesOfBothKindsComeToTheirEndInTurns() throws Exception {
        try (TestSite site = TestSite.start();
                var workers = withoutBrowser();
                var renderer = renderer()) {
            site.route("/plain", (_, out) -> out.html("<!doctype html><p>As it was sent."));
            site.route(
                    "/shell",
                    (_, out) ->
                            out.html(
                                    "<!doctype html><div id=root></div><script>"
                                            + "root.textContent = 'By a script.'</script>"));
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                for (String path : List.of("/plain", "/shell")) {
                    boolean plain = path.equals("/plain");
                    List<String> urls =
                            IntStream.range(0, 3).mapToObj(n -> site.url(path) + "?" + n).toList();
                    jobs.add(workers.submit(job(urls, plain ? "never" : "always")));
                }
            }
            for (String one : jobs) {
                for (JsonNode page : workers.results(one).values()) {
                    assertThat(page.path("markdown").asString(""))
                            .contains(
                                    page.path("url").asString("").contains("/plain")
                                            ? "As it was sent."
                                            : "By a script.");
                }
            }
            assertThat(pages(renderer, false)).isZero();
        }
    }

    @Test
    void pagesWaitAsLongAsNoRendererRunsAndOthersDoNot() throws Exception {
        try (TestSite site = TestSite.start();
                TestSite other = TestSite.start("127.0.0.4");
                var workers = withoutBrowser()) {
            List<Application> applications = ApplicationRoutes.addTo(site);
            String shell =
                    applications.stream()
                            .filter(Application::needsBrowser)
                            .map(one -> site.url(one.path()).toString())
                            .findFirst()
                            .orElseThrow();
            String job = workers.submit(job(List.of(shell), "auto"));
            await().until(() -> workers.metric(QUEUED) == 1);
            String about = other.url("/about.html").toString();
            assertThat(workers.results(workers.submit(job(List.of(about), "auto")))).hasSize(1);
            assertThat(workers.get(job).path("state").asString("")).isEqualTo("running");
            try (var _ = renderer()) {
                assertThat(
                                requireNonNull(workers.results(job).get(shell))
                                        .path("rendered")
                                        .asBoolean())
                        .isTrue();
                await().until(() -> workers.metric(QUEUED) == 0);
            }
        }
    }

    @Test
    void aRendererThatIsKilledLosesNothingAndDoublesNothing() throws Exception {
        var asked = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        var requests = new AtomicInteger();
        try (TestSite site = TestSite.start();
                var workers = withoutBrowser()) {
            site.route(
                    "/held",
                    (_, out) -> {
                        if (requests.incrementAndGet() == 1) {
                            asked.countDown();
                            killed.await();
                        }
                        out.html("<!doctype html><p>Here.");
                    });
            List<String> urls =
                    IntStream.range(0, 10).mapToObj(n -> site.url("/held") + "?" + n).toList();
            ServiceProcess first = rendererProcess();
            String job;
            try (var second = first) {
                job = workers.submit(job(urls, "always"));
                asked.await();
                second.kill();
            } finally {
                killed.countDown();
            }
            try (var _ = renderer()) {
                Map<String, JsonNode> pages = workers.results(job);
                assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(urls);
                assertThat(pages.values())
                        .allMatch(page -> page.path("markdown").asString("").contains("Here."));
                assertThat(workers.get(job).path("done").asInt()).isEqualTo(urls.size());
            }
        }
    }

    @Test
    void aRendererWithoutABrowserDoesNotStart() {
        for (String browser : List.of("none", ELSEWHERE)) {
            assertThatThrownBy(() -> RunningService.startAs(RENDERER, browser, database).close())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("a renderer needs a browser");
        }
    }
}
