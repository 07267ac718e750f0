package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.SiteTexts;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the hostile site, through the whole service, comes to the outcome that
 * docs/testing.md promises. Each row has a host of its own, so that none waits for another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteOutcomesIT {

    /** Their outcome is a time that passes, which the tests do not have in full. */
    private static final Set<String> SILENT =
            Set.of("/slow-header", "/half-header", "/slow-body", "/stalled-body");

    private final Map<String, TestSite> sites = new LinkedHashMap<>();
    private final Map<String, JsonNode> results = new LinkedHashMap<>();

    @BeforeAll
    void fetchEveryRoute() throws Exception {
        rows().forEach(row -> sites.put(row.path(), TestSite.start()));
        site("/private/closed").robots(RobotsMode.DENY_PRIVATE);
        try (RunningService patient = RunningService.patient();
                RunningService hurried = RunningService.hurried()) {
            String silent = submit(hurried, "6s", false, row -> SILENT.contains(row.path()));
            String throttled = submit(hurried, "30s", true, SiteOutcomesIT::isThrottled);
            String others =
                    submit(
                            patient,
                            "30s",
                            true,
                            row -> !SILENT.contains(row.path()) && !isThrottled(row));
            Map<String, JsonNode> byUrl = new LinkedHashMap<>(hurried.results(silent));
            byUrl.putAll(hurried.results(throttled));
            byUrl.putAll(patient.results(others));
            rows().forEach(row -> results.put(row.path(), byUrl.get(url(row))));
        }
    }

    private static boolean isThrottled(SiteRow row) {
        return row.outcome().equals("THROTTLED");
    }

    private String submit(
            RunningService service, String timeout, boolean respectRobots, Predicate<SiteRow> which)
            throws Exception {
        return service.submit(
                Map.of(
                        "urls",
                        rows().filter(which).map(this::url).toList(),
                        "timeout",
                        timeout,
                        "respectRobots",
                        respectRobots,
                        "formats",
                        List.of("text", "markdown")));
    }

    private String url(SiteRow row) {
        return site(row.path()).url(row.path()).toString();
    }

    @AfterAll
    void closeSites() {
        sites.values().forEach(TestSite::close);
    }

    static Stream<SiteRow> rows() {
        return SiteRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void routeComesToItsOutcome(SiteRow row) {
        assertThat(DocumentedOutcomes.outcome(result(row.path())))
                .as(result(row.path()).toString())
                .isEqualTo(row.outcome());
    }

    @Test
    void documentationAndThisTableSayTheSame() throws Exception {
        Map<String, ?> tested =
                rows().collect(
                                groupingBy(
                                        SiteRow::documented,
                                        TreeMap::new,
                                        mapping(SiteRow::outcome, toCollection(TreeSet::new))));
        assertThat(DocumentedOutcomes.ofRoutes()).isEqualTo(tested);
    }

    static Stream<String> pathsWithTheSiteTexts() {
        return rows().map(SiteRow::path)
                .filter(path -> path.startsWith("/charset/"))
                .filter(path -> !path.equals("/charset/wrong") && !path.endsWith("/mixed"));
    }

    @ParameterizedTest
    @MethodSource("pathsWithTheSiteTexts")
    void charsetIsFound(String path) {
        String text =
                switch (path.substring("/charset/".length()).replaceAll("-(in-|missing).*", "")) {
                    case "shift_jis", "euc-jp" -> SiteTexts.JAPANESE;
                    case "gb18030" -> SiteTexts.CHINESE;
                    default -> SiteTexts.RUSSIAN;
                };
        assertThat(result(path).path("text").asString()).contains(text);
    }

    @Test
    void oneBrokenByteCostsOneLetter() {
        assertThat(result("/charset/mixed").path("text").asString())
                .containsOnlyOnce("\uFFFD")
                .contains(SiteTexts.RUSSIAN.substring(0, 40));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyAttemptAsksTheHost(SiteRow row) {
        if (row.outcome().endsWith("(r)")) {
            // A kept connection that turns out to be closed is opened anew within its attempt.
            assertThat(site(row.path()).requests(row.path())).isBetween(3, 6);
        } else if (!row.outcome().equals("page") && !isThrottled(row)) {
            assertThat(site(row.path()).requests(row.path())).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void beingThrottledCostsNoAttempt() {
        for (String path : List.of("/429-then-ok/3", "/429-date-then-ok/3", "/503-retry/3")) {
            int answered = Integer.parseInt(path.substring(path.length() - 1)) + 1;
            assertThat(site(path).requests(path)).as(path).isEqualTo(answered);
        }
        assertThat(site("/429-seconds").requests("/429-seconds")).isGreaterThan(1);
        assertThat(result("/429-seconds").at("/fault/attempts").asInt()).isEqualTo(1);
    }

    @Test
    void retryAfterIsWaitedFor() {
        var requests =
                site("/429-then-ok/3").log().stream()
                        .filter(request -> request.path().equals("/429-then-ok/3"))
                        .toList();
        for (int i = 1; i < requests.size(); i++) {
            assertThat(requests.get(i).arrivedAt())
                    .isAfterOrEqualTo(requests.get(i - 1).arrivedAt().plusMillis(950));
        }
    }

    @Test
    void redirectsAndRefreshesEndWhereTheyLead() {
        assertThat(finalPath("/cookie-redirect")).isEqualTo("/cookie-wanted");
        assertThat(finalPath("/cookie-wanted")).isEqualTo("/cookie-wanted");
        assertThat(finalPath("/redirect-chain/10")).isEqualTo("/redirect-chain/0");
        assertThat(finalPath("/redirect-status/308")).isEqualTo("/arrived");
        assertThat(finalPath("/meta-refresh")).isEqualTo("/meta-refresh-target");
        assertThat(markdown("/meta-refresh")).contains("the page that was meant");
        assertThat(finalPath("/refresh-header")).isEqualTo("/meta-refresh-target");
        assertThat(markdown("/refresh-header")).contains("the page that was meant");
    }

    @Test
    void brokenMarkupKeepsItsText() {
        assertThat(markdown("/deep/10000")).contains("The bottom of the well.");
        assertThat(markdown("/unclosed")).contains("First paragraph", "one", "two");
        assertThat(markdown("/big-attribute")).contains("A small text with a big attribute.");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encodedPageIsRead(String path) {
        assertThat(markdown(path)).contains("This page was sent with");
    }

    static Stream<String> encodings() {
        return rows().filter(row -> row.outcome().equals("page"))
                .map(SiteRow::path)
                .filter(path -> path.startsWith("/encoded/"));
    }

    private TestSite site(String path) {
        return requireNonNull(sites.get(path));
    }

    private JsonNode result(String path) {
        return requireNonNull(results.get(path));
    }

    private String markdown(String path) {
        return result(path).path("markdown").asString();
    }

    private String finalPath(String path) {
        return URI.create(result(path).path("finalUrl").asString()).getPath();
    }
}
