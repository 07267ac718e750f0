package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.SelfSigned;
import io.gleaner.testing.StubProxy;
import io.gleaner.testing.TestSite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs that ask in a way of their own: slower, with a password, by a proxy. */
class MannersIT {

    private static final AtomicInteger SITES = new AtomicInteger();
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.patient();
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static TestSite site() {
        TestSite site = TestSite.start("127.0.26." + SITES.incrementAndGet());
        return site.route("/p/*", (r, out) -> out.html("<title>" + r.path() + "</title><p>x"));
    }

    @Test
    void jobKeepsItsOwnDelayWhileOthersGoOn() throws Exception {
        try (TestSite site = site()) {
            String slow = service.submit(list(site, 4, Map.of("delay", "400ms")));
            String quick = service.submit(list(site, 8, Map.of()));
            assertThat(service.results(quick)).hasSize(8);
            int asked = site.requests("/p/slow1") + site.requests("/p/slow2");
            long began = System.nanoTime();
            assertThat(service.results(slow)).hasSize(4);
            // Three pauses, of which one may have passed before.
            assertThat(Duration.ofNanos(System.nanoTime() - began).toMillis() + 400L * asked)
                    .isGreaterThan(300);
        }
    }

    @Test
    void noMorePagesAreInFlightThanTheJobAllows() throws Exception {
        try (TestSite site = site()) {
            service.results(service.submit(list(site, 12, Map.of("maxConcurrency", 1))));
            assertThat(site.requestsInFlightMax()).isEqualTo(1);
        }
    }

    @Test
    void passwordGoesToItsOriginOnly() throws Exception {
        try (TestSite site = site();
                TestSite other = site()) {
            site.route(
                    "/start",
                    (r, out) ->
                            out.html(
                                    "<title>S</title><a href=/p/in>in</a><a href=%s>out</a>"
                                            .formatted(other.url("/p/out"))));
            site.route("/away", (r, out) -> out.redirect(302, other.url("/p/away").toString()));
            String job =
                    service.submit(
                            Map.of(
                                    "crawl",
                                    Map.of(
                                            "url",
                                            site.url("/start").toString(),
                                            "sitemap",
                                            "skip",
                                            "external",
                                            true),
                                    "basicAuth",
                                    Map.of("username", "me", "password", "s3cret")));
            service.results(job);
            String header =
                    "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8));
            assertThat(authorization(site, "/start")).isEqualTo(header);
            assertThat(authorization(site, "/p/in")).isEqualTo(header);
            assertThat(authorization(other, "/p/out")).isEmpty();
            assertThat(service.get(job).toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void proxiesOfBothKindsAreTakenInTurn() throws Exception {
        try (TestSite site = site();
                var http = new StubProxy();
                var socks = new StubProxy()) {
            String job =
                    service.submit(
                            list(
                                    site,
                                    6,
                                    Map.of(
                                            "proxies",
                                            List.of(
                                                    "http://me:s3cret@" + http.address(),
                                                    "socks5://me:s3cret@" + socks.address()))));
            assertThat(service.results(job).values())
                    .allSatisfy(page -> assertThat(page.has("fault")).isFalse());
            String target = site.url("/").getAuthority();
            assertThat(http.seen()).isNotEmpty().containsOnly(target);
            assertThat(socks.seen()).isNotEmpty().containsOnly(target);
            assertThat(http.logins())
                    .contains(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("me:s3cret".getBytes(UTF_8)));
            assertThat(socks.logins()).contains("me:s3cret");
        }
    }

    @Test
    void proxyThatNobodyAnswersAtIsNamed() throws Exception {
        try (TestSite site = site()) {
            var closed = new StubProxy();
            String address = closed.address();
            closed.close();
            String job =
                    service.submit(
                            list(
                                    site,
                                    1,
                                    Map.of(
                                            "proxies",
                                            List.of("http://" + address),
                                            "respectRobots",
                                            false)));
            JsonNode fault = service.results(job).values().iterator().next().path("fault");
            assertThat(fault.path("code").asString()).isEqualTo("connect_failure");
            assertThat(site.log()).isEmpty();
        }
    }

    @Test
    void theGuardLooksAtProxies() throws Exception {
        try (TestSite site = site()) {
            var answer =
                    service.submission(
                            list(site, 1, Map.of("proxies", List.of("http://169.254.169.254:80"))));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("proxies[0]", "169.254.169.254");
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsTakenWhereTheJobSaysSo(@TempDir Path folder)
            throws Exception {
        try (TestSite site = TestSite.start(SelfSigned.in(folder).server())) {
            site.route("/p/*", (r, out) -> out.html("<title>" + r.path() + "</title><p>x"));
            String job = service.submit(list(site, 1, Map.of("skipTlsVerification", true)));
            JsonNode page = service.results(job).values().iterator().next();
            assertThat(page.has("fault")).as(page.toString()).isFalse();

            var strict = list(site, 1, Map.of("respectRobots", false, "timeout", "5s"));
            JsonNode refused = service.results(service.submit(strict)).values().iterator().next();
            assertThat(refused.path("fault").path("code").asString()).isEqualTo("tls_failure");
        }
    }

    private static String authorization(TestSite site, String path) {
        return site.log().stream()
                .filter(request -> request.path().equals(path))
                .map((RecordedRequest request) -> request.header("Authorization"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> list(TestSite site, int count, Map<String, ?> options) {
        var body = new LinkedHashMap<String, Object>(options);
        String name = options.containsKey("delay") ? "slow" : "page";
        body.put(
                "urls",
                IntStream.range(0, count)
                        .mapToObj(i -> site.url("/p/" + name + i).toString())
                        .toList());
        return body;
    }
}
