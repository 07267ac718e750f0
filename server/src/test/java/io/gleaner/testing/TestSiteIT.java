package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The site as a tool: counting, recording, own routes, robots.txt, closing, documentation. */
class TestSiteIT {

    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(/[^`]*)` \\|");

    private static TestSite site;
    private static HttpClient client;

    @BeforeAll
    static void open() {
        site = TestSite.start();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        client.shutdownNow();
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
    }

    @Test
    void requestsAreCountedAndRecorded() throws Exception {
        get("/about.html?a=1");
        get("/about.html");

        assertThat(site.requests("/about.html")).isEqualTo(2);
        RecordedRequest first = site.log().getFirst();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.query()).isEqualTo("a=1");
        assertThat(first.userAgent()).startsWith("Java-http-client");
        assertThat(first.header("HOST")).isEqualTo("127.0.0.1:" + site.port());
        assertThat(site.log().getLast().ordinal()).isEqualTo(2);
        assertThat(site.log().getLast().arrivedAt()).isAfterOrEqualTo(first.arrivedAt());
    }

    @Test
    void bodyOfARequestIsRecorded() throws Exception {
        HttpRequest post =
                HttpRequest.newBuilder(site.url("/about.html"))
                        .POST(BodyPublishers.ofString("привет"))
                        .build();
        client.send(post, BodyHandlers.discarding());

        assertThat(site.log().getFirst().body()).isEqualTo("привет");
    }

    @Test
    void resetStartsStatefulRoutesAnew() throws Exception {
        assertThat(statuses("/500-then-ok/2", 3)).containsExactly(500, 500, 200);
        site.reset();
        assertThat(site.requests("/500-then-ok/2")).isZero();
        assertThat(statuses("/500-then-ok/2", 3)).containsExactly(500, 500, 200);
    }

    @Test
    void mostRequestsInFlightAreRemembered() throws Exception {
        int requests = 5;
        var allIn = new CountDownLatch(requests);
        site.route(
                "/together",
                (_, out) -> {
                    allIn.countDown();
                    boolean together = allIn.await(2, TimeUnit.MINUTES);
                    out.status(together ? 200 : 500);
                });
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, requests).mapToObj(_ -> sendAsync(site, "/together")).toList();

        for (var answer : answers) {
            assertThat(answer.get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        }
        assertThat(site.requestsInFlightMax()).isEqualTo(requests);
    }

    @Test
    void ownRouteBelowAFolderAnswersForAllOfIt() throws Exception {
        site.route("/mine/*", (request, out) -> out.text(request.segment(2)));
        assertThat(get("/mine/a/b").body()).isEqualTo("b");
        assertThat(get("/mine").statusCode()).isEqualTo(404);
    }

    @Test
    void closingReleasesAClientThatWaits() {
        TestSite other = TestSite.start();
        var answer = sendAsync(other, "/slow-header");
        await().until(() -> other.requests("/slow-header") == 1);

        other.close();

        assertThatThrownBy(() -> answer.get(2, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void waitingRouteNoticesThatItsClientLeft() throws Exception {
        var left = new CountDownLatch(1);
        site.route(
                "/wait",
                (_, out) -> {
                    try {
                        out.pause(Duration.ofMinutes(1));
                    } catch (IOException e) {
                        left.countDown();
                    }
                });
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
            socket.getOutputStream().write("GET /wait HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            await().until(() -> site.requests("/wait") == 1);
        }
        assertThat(left.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void otherLoopbackAddressIsAnotherHost() throws Exception {
        try (TestSite other = TestSite.start("127.0.0.7")) {
            assertThat(other.url("/").toString()).isEqualTo("http://127.0.0.7:%d/", other.port());
            assertThat(sendAsync(other, "/").get(2, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
            assertThat(site.requests("/")).isZero();
        }
    }

    @Test
    void robotsIsMissingUntilItIsSet() throws Exception {
        assertThat(get("/robots.txt").statusCode()).isEqualTo(404);
        site.robots(RobotsMode.DENY_PRIVATE);
        assertThat(get("/robots.txt").body()).contains("Disallow: /private");
        site.robots(RobotsMode.crawlDelay(Duration.ofMillis(1500)));
        assertThat(get("/robots.txt").body()).contains("Crawl-delay: 1.5\n");
        site.robots(RobotsMode.WITH_SITEMAP);
        assertThat(get("/robots.txt").body()).contains(site.url("/sitemap-index.xml").toString());
        site.robots(RobotsMode.ERROR_500);
        assertThat(get("/robots.txt").statusCode()).isEqualTo(500);
        site.reset();
        assertThat(get("/robots.txt").statusCode()).isEqualTo(404);
    }

    @Test
    void hugeRobotsHasOneRuleOnEachSideOfTheLimit() throws Exception {
        site.robots(RobotsMode.HUGE);
        String rules = get("/robots.txt").body();
        assertThat(rules.indexOf("/private")).isBetween(0, RobotsMode.LIMIT_BYTES);
        assertThat(rules.indexOf("/about.html")).isGreaterThan(RobotsMode.LIMIT_BYTES);
    }

    @Test
    void redirectingRobotsArrivesAfterThreeHops() throws Exception {
        site.robots(RobotsMode.REDIRECTING);
        String path = "/robots.txt";
        for (int hop = 1; hop <= 3; hop++) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(302);
            path = answer.headers().firstValue("Location").orElseThrow();
        }
        assertThat(get(path).body()).contains("Disallow: /private");
    }

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteExists() throws Exception {
        Set<String> documented =
                Files.readAllLines(Path.of("..", "docs", "testing.md")).stream()
                        .map(DOCUMENTED::matcher)
                        .filter(Matcher::find)
                        .map(row -> row.group(1))
                        .collect(Collectors.toSet());
        try (TestSite fresh = TestSite.start()) {
            assertThat(fresh.routes())
                    .allMatch(route -> documented.stream().anyMatch(path -> tells(path, route)));
            assertThat(documented)
                    .allMatch(
                            path -> fresh.routes().stream().anyMatch(route -> tells(path, route)));
        }
    }

    // "/graph/{n}/{i}" tells of the route "/graph/*", "/charset/{name}-bom" of
    // "/charset/utf-8-bom".
    private static boolean tells(String path, String route) {
        if (route.endsWith("/*")) {
            return path.startsWith(route.substring(0, route.length() - 1) + "{");
        }
        return route.matches(path.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"));
    }

    private static List<Integer> statuses(String path, int requests) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < requests; i++) {
            statuses.add(get(path).statusCode());
        }
        return statuses;
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return sendAsync(site, path).get(2, TimeUnit.MINUTES);
    }

    private static CompletableFuture<HttpResponse<String>> sendAsync(TestSite at, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(at.url(path)).build(), BodyHandlers.ofString());
    }
}
