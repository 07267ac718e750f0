package io.gleaner.politeness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.job.FaultCode;
import io.gleaner.politeness.Permission.Allowed;
import io.gleaner.politeness.Permission.DelayTooLong;
import io.gleaner.politeness.Permission.Disallowed;
import io.gleaner.politeness.Permission.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotsTest {

    private static final Allowed FREELY = new Allowed(Duration.ZERO);

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger loads = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451, 302})
    void missingFileAllowsEverything(int status) throws Exception {
        assertThat(check(new RobotsResponse.Absent(status), "/x")).isEqualTo(FREELY);
    }

    @Test
    void tooManyRequestsIsNotAYes() throws Exception {
        assertThat(check(new RobotsResponse.Absent(429), "/x"))
                .isEqualTo(
                        new Unreachable(
                                FaultCode.THROTTLED,
                                "robots.txt answered 429",
                                Duration.ofMinutes(1)));
    }

    @Test
    void unreachableFileForbidsEverythingForAWhile() throws Exception {
        var answers =
                new ConcurrentLinkedQueue<RobotsResponse>(
                        List.of(unreachable(FaultCode.HTTP_SERVER_ERROR), found("")));
        var robots = robots(Configs.slots(8), url -> answers.remove());

        assertThat(robots.check(url("/x"))).isInstanceOf(Unreachable.class);
        clock.advance(Duration.ofSeconds(59));
        assertThat(robots.check(url("/x")))
                .isEqualTo(
                        new Unreachable(
                                FaultCode.HTTP_SERVER_ERROR, "it said no", Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(2));
        assertThat(robots.check(url("/x"))).isEqualTo(FREELY);
        assertThat(loads).hasValue(2);
    }

    @Test
    void fileIsLoadedAgainAfterADay() throws Exception {
        var robots = robots(Configs.slots(8), url -> found("User-agent: *\nDisallow: /x"));
        robots.check(url("/x"));
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        robots.check(url("/y"));
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(robots.cached("https://a.example")).isEmpty();
        robots.check(url("/x"));
        assertThat(loads).hasValue(2);
    }

    @Test
    void oneLoadServesAThousandThreads() throws Exception {
        var askers = new CountDownLatch(1_000);
        var robots =
                robots(
                        Configs.slots(8),
                        url -> {
                            askers.await();
                            return found("User-agent: *\nDisallow: /no");
                        });
        Callable<Permission> ask =
                () -> {
                    askers.countDown();
                    return robots.check(url("/no"));
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Permission>>();
            for (int i = 0; i < 1_000; i++) {
                answers.add(threads.submit(ask));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Disallowed.class);
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void anotherThreadLoadsWhenTheLoadingOneIsInterrupted() throws Exception {
        var firstLoads = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var robots =
                robots(
                        Configs.slots(8),
                        url -> {
                            if (loads.get() == 1) {
                                firstLoads.countDown();
                                never.await();
                            }
                            return found("");
                        });
        var answer = new AtomicReference<Permission>();
        var first = Thread.ofVirtual().start(() -> quietly(() -> robots.check(url("/x"))));
        firstLoads.await();
        var second =
                Thread.ofVirtual()
                        .start(() -> quietly(() -> answer.getAndSet(robots.check(url("/x")))));
        await().until(() -> second.getState() == Thread.State.WAITING);

        first.interrupt();
        second.join();

        assertThat(answer.get()).isEqualTo(FREELY);
        assertThat(loads).hasValue(2);
    }

    @Test
    void waitingThreadCanBeInterrupted() throws Exception {
        var loading = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var robots =
                robots(
                        Configs.slots(8),
                        url -> {
                            loading.countDown();
                            release.await();
                            return found("");
                        });
        var first = Thread.ofVirtual().start(() -> quietly(() -> robots.check(url("/x"))));
        loading.await();
        var second = Thread.ofVirtual().start(() -> quietly(() -> robots.check(url("/x"))));
        second.interrupt();
        second.join();
        release.countDown();
        first.join();
        assertThat(loads).hasValue(1);
    }

    @Test
    void bugInTheSourceForbidsForAWhileInsteadOfAskingAgain() throws Exception {
        var robots =
                robots(
                        Configs.slots(8),
                        url -> {
                            throw new IllegalStateException("planted");
                        });
        assertThat(robots.check(url("/x"))).isInstanceOf(Unreachable.class);
        assertThat(robots.check(url("/y"))).isInstanceOf(Unreachable.class);
        assertThat(loads).hasValue(1);
    }

    @Test
    void rulesAfterTheLimitDoNotCount() throws Exception {
        var body = "User-agent: *\nDisallow: /a\nDisallow: /private\n";
        int inTheMiddleOfPrivate = body.indexOf("private");
        var robots = robots(Configs.robotsMaxBytes(inTheMiddleOfPrivate), url -> found(body));
        assertThat(robots.check(url("/a"))).isInstanceOf(Disallowed.class);
        assertThat(robots.check(url("/private"))).isEqualTo(FREELY);
        assertThat(robots.check(url("/other"))).isEqualTo(FREELY);
    }

    @Test
    void hugeFileIsCutAtFiveHundredKibibytes() throws Exception {
        var body = "User-agent: *\nDisallow: /a\n" + "#".repeat(600_000) + "\nDisallow: /b\n";
        assertThat(check(found(body), "/a")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/b")).isEqualTo(FREELY);
    }

    @Test
    void webPageInsteadOfAFileHasNoRules() throws Exception {
        assertThat(check(found("<!DOCTYPE html><html><body>Not found</body></html>"), "/x"))
                .isEqualTo(FREELY);
        assertThat(check(found(""), "/x")).isEqualTo(FREELY);
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreUnderstood() throws Exception {
        var body = "\uFEFFUser-agent: *\r\nDisallow: /a\r\n\r\nSitemap: https://a.example/s\r\n";
        assertThat(check(found(body), "/a")).isInstanceOf(Disallowed.class);
        assertThat(check(found("User-agent: *\rDisallow: /a\r"), "/a"))
                .isInstanceOf(Disallowed.class);
    }

    @Test
    void ourOwnGroupsCountTogetherAndReplaceTheStar() throws Exception {
        var body =
                """
                User-agent: *
                Disallow: /
                User-agent: other
                User-agent: GLEANER
                Disallow: /a
                User-agent: gleanerbot
                Disallow: /c
                User-agent: Gleaner/2.0
                Disallow: /b
                """;
        assertThat(check(found(body), "/a")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/b")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/c")).isEqualTo(FREELY);
    }

    @Test
    void longestRuleWinsAndAllowBreaksTies() throws Exception {
        var body =
                """
                User-agent: *
                Disallow: /a
                Allow: /a/b
                Disallow: /t
                Allow: /t
                Disallow: /*.php$
                Disallow: /~joe
                Disallow: /%C3%BC
                """;
        assertThat(check(found(body), "/a/c")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/a/b/c")).isEqualTo(FREELY);
        assertThat(check(found(body), "/t")).isEqualTo(FREELY);
        assertThat(check(found(body), "/x.php")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/x.php?y")).isEqualTo(FREELY);
        assertThat(check(found(body), "/%7Ejoe")).isInstanceOf(Disallowed.class);
        assertThat(check(found(body), "/%c3%bc")).isInstanceOf(Disallowed.class);
    }

    @Test
    void disallowedSaysWhoForbidsWhat() throws Exception {
        assertThat(check(found("User-agent: *\nDisallow: /"), "/x"))
                .isEqualTo(new Disallowed("robots.txt of https://a.example forbids /x to Gleaner"));
    }

    @Test
    void robotsFileItselfIsAlwaysAllowed() throws Exception {
        var robots = robots(Configs.slots(8), url -> unreachable(FaultCode.TIMEOUT));
        assertThat(robots.check(url("/robots.txt"))).isEqualTo(FREELY);
        assertThat(loads).hasValue(0);
        var slow = robots(Configs.slots(8), url -> delay("2"));
        slow.check(url("/x"));
        assertThat(slow.check(url("/robots.txt"))).isEqualTo(new Allowed(Duration.ofSeconds(2)));
    }

    @Test
    void crawlDelayIsToldUpToTheMaximum() throws Exception {
        assertThat(check(delay("2.5"), "/x")).isEqualTo(new Allowed(Duration.ofMillis(2_500)));
        assertThat(check(delay("30"), "/x")).isEqualTo(new Allowed(Duration.ofSeconds(30)));
        assertThat(check(delay("31"), "/x"))
                .isEqualTo(new DelayTooLong(Duration.ofSeconds(31), Duration.ofSeconds(30)));
        assertThat(check(delay("1000000"), "/x")).isInstanceOf(DelayTooLong.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "NaN", "", "99999999999999999999"})
    void senselessCrawlDelayIsNone(String delay) throws Exception {
        assertThat(check(delay(delay), "/x")).isEqualTo(FREELY);
    }

    @Test
    void sitemapsAreAbsoluteWebAddressesEachOnce() throws Exception {
        var robots =
                robots(
                        Configs.slots(8),
                        url ->
                                found(
                                        """
                                        Sitemap: https://a.example/Map.xml
                                        User-agent: x
                                        Disallow: /
                                        Sitemap: /other.xml
                                        Sitemap: https://a.example/Map.xml
                                        Sitemap: ftp://a.example/no
                                        Sitemap: http://
                                        """));
        assertThat(robots.sitemaps(url("/x?y")))
                .containsExactly(
                        URI.create("https://a.example/Map.xml"),
                        URI.create("https://a.example/other.xml"));
    }

    @Test
    void originIsSchemeHostAndPort() throws Exception {
        var asked = new ConcurrentLinkedQueue<URI>();
        var robots =
                robots(
                        Configs.slots(8),
                        url -> {
                            asked.add(url);
                            return found("");
                        });
        robots.check(URI.create("https://a_b.Example:443/x"));
        robots.check(URI.create("http://a_b.example/x"));
        robots.check(URI.create("https://a_b.example:8443/x?y"));
        robots.check(URI.create("https://a_b.example/z"));
        assertThat(asked)
                .containsExactly(
                        URI.create("https://a_b.example/robots.txt"),
                        URI.create("http://a_b.example/robots.txt"),
                        URI.create("https://a_b.example:8443/robots.txt"));
    }

    @Test
    void viewTellsWhatIsRemembered() throws Exception {
        var robots = robots(Configs.slots(8), url -> delay("2"));
        assertThat(robots.cached("https://a.example")).isEmpty();
        robots.check(url("/x"));
        assertThat(robots.cached("https://a.example"))
                .contains(
                        new RobotsView(
                                "https://a.example",
                                "found",
                                "29 bytes, 0 rules for us",
                                Duration.ofSeconds(2),
                                clock.instant(),
                                clock.instant().plus(Duration.ofHours(24))));
    }

    @Test
    void memoryOfTheCacheIsBounded() throws Exception {
        var body = "User-agent: *\nDisallow: /a\n" + "#".repeat(100_000);
        var robots = robots(Configs.slots(8), url -> found(body));
        int hosts = 50;
        for (int i = 0; i < hosts; i++) {
            robots.check(URI.create("https://h%d.example/".formatted(i)));
        }
        int remembered = 0;
        for (int i = 0; i < hosts; i++) {
            remembered += robots.cached("https://h%d.example".formatted(i)).isPresent() ? 1 : 0;
        }
        assertThat(remembered).isBetween(1, 5); // 1 MB of 200 kB each
    }

    private Permission check(RobotsResponse response, String path) throws Exception {
        return robots(Configs.slots(8), url -> response).check(url(path));
    }

    private interface Site {
        RobotsResponse load(URI url) throws InterruptedException;
    }

    private Robots robots(PolitenessConfig config, Site site) {
        return new Robots(
                config,
                url -> {
                    loads.incrementAndGet();
                    return new RobotsSource.Loaded(site.load(url), clock.instant());
                },
                clock);
    }

    private static URI url(String path) {
        return URI.create("https://a.example" + path);
    }

    private static RobotsResponse found(String body) {
        return new RobotsResponse.Found(body.getBytes(UTF_8));
    }

    private static RobotsResponse delay(String value) {
        return found("User-agent: *\nCrawl-delay: " + value + "\n");
    }

    private static RobotsResponse unreachable(FaultCode cause) {
        return new RobotsResponse.Unreachable(cause, "it said no");
    }

    private static void quietly(Callable<?> action) {
        try {
            action.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
