package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import io.gleaner.testing.Patience;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real connections: none to a forbidden host, none left behind, and none that outlives a caller.
 */
class FetcherGuardIT {

    private static final FetchConfig CONFIG =
            FetchConfig.standard().withTimeouts(Patience.LONG, Patience.LONG);

    /** 127.0.0.1 plays the public host, 127.0.0.2 the private one. */
    private static final AddressPolicy POLICY = AddressPolicy.allowing("127.0.0.1/32");

    private final Map<String, List<List<String>>> names = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lookups = new ConcurrentHashMap<>();

    private TestSite open;
    private TestSite forbidden;
    private Fetcher fetcher;

    @BeforeEach
    void start() {
        open = TestSite.start("127.0.0.1");
        forbidden = TestSite.start("127.0.0.2");
        fetcher = new Fetcher(CONFIG, new AddressGuard(POLICY, this::lookup));
    }

    @AfterEach
    void stop() {
        fetcher.close();
        forbidden.close();
        open.close();
    }

    @Test
    void aLiteralThatIsForbiddenIsNotAsked() throws Exception {
        assertThat(fetch(forbidden.url("/arrived"))).isInstanceOf(Refused.class);
        assertNothingReachedTheForbiddenHost();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:%d/arrived",
                "http://2130706434:%d/arrived",
                "http://0x7f.0.0.2:%d/arrived",
                "http://127.2:%d/arrived",
                "http://[::ffff:127.0.0.2]:%d/arrived",
                "//127.0.0.2:%d/arrived",
                "http:\\\\127.0.0.2:%d/arrived",
                "http://private.example:%d/arrived",
                "http://mixed.example:%d/arrived",
                "http://localhost:%d/arrived"
            })
    void aRedirectToAForbiddenHostIsNotFollowed(String location) throws Exception {
        names.put("private.example", List.of(List.of("127.0.0.2")));
        names.put("mixed.example", List.of(List.of("127.0.0.1", "127.0.0.2")));
        names.put("localhost", List.of(List.of("127.0.0.2")));
        String target = location.formatted(forbidden.port());
        open.route("/away", (request, out) -> out.redirect(302, target));
        assertThat(fetch(open.url("/away")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.code()).isEqualTo(FaultCode.FORBIDDEN_ADDRESS));
        assertNothingReachedTheForbiddenHost();
    }

    @Test
    void aNameThatIsReboundBetweenCheckAndConnectLeadsToTheCheckedAddress() throws Exception {
        names.put("rebind.example", List.of(List.of("127.0.0.1"), List.of("127.0.0.2")));
        open.route("/reset-at-first", (r, out) -> out.header("Connection", "close").html("<p>x"));
        URI url = URI.create("http://rebind.example:" + open.port() + "/reset-at-first");

        assertThat(fetch(url)).isInstanceOf(Fetched.class);
        assertThat(lookups.get("rebind.example")).hasValue(1);

        assertThat(fetch(url))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.detail())
                                        .contains("rebind.example is 127.0.0.2 (loopback"));
        assertNothingReachedTheForbiddenHost();
    }

    @Test
    void theSocketItselfRefusesAForbiddenAddress() throws Exception {
        var sockets = new GuardedSockets(new AddressGuard(POLICY));
        try (Socket socket = sockets.createSocket()) {
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(
                            () ->
                                    socket.connect(
                                            new InetSocketAddress("127.0.0.2", forbidden.port())));
        }
        assertNothingReachedTheForbiddenHost();
    }

    @Test
    void resourcesPassTheSameGuard() throws Exception {
        var robots = FetchRequest.resource(forbidden.url("/robots.txt"), Patience.LONG, 1000, true);
        assertThat(fetcher.fetch(robots, HopGate.open())).isInstanceOf(Refused.class);
        assertNothingReachedTheForbiddenHost();
    }

    @Test
    void aProxyOfTheSystemIsNotUsed() throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.2");
        System.setProperty("http.proxyPort", Integer.toString(forbidden.port()));
        System.setProperty("socksProxyHost", "127.0.0.2");
        System.setProperty("socksProxyPort", Integer.toString(forbidden.port()));
        // By default loopback is never proxied, which would make this test pass by itself.
        System.setProperty("http.nonProxyHosts", "");
        System.setProperty("socksNonProxyHosts", "");
        try {
            assertThat(fetch(open.url("/arrived"))).isInstanceOf(Fetched.class);
        } finally {
            for (String name :
                    List.of(
                            "http.proxyHost",
                            "http.proxyPort",
                            "socksProxyHost",
                            "socksProxyPort",
                            "http.nonProxyHosts",
                            "socksNonProxyHosts")) {
                System.clearProperty(name);
            }
        }
        assertNothingReachedTheForbiddenHost();
    }

    @Test
    void secretsStayWithTheOriginTheyWereMeantFor() throws Exception {
        names.put("other.example", List.of(List.of("127.0.0.1")));
        String elsewhere = "http://other.example:" + open.port() + "/echo";
        open.route(
                "/away",
                (r, out) -> out.header("Set-Cookie", "site=1; Path=/").redirect(302, elsewhere));
        open.route("/near", (r, out) -> out.redirect(302, "/echo"));
        var headers =
                Map.of(
                        "Authorization",
                        "Bearer s",
                        "Cookie",
                        "c=s",
                        "X-Api-Key",
                        "s",
                        "Accept-Language",
                        "de");

        fetcher.fetch(FetcherIT.request(open.url("/near"), headers), HopGate.open());
        assertThat(open.log().getLast().headers())
                .containsEntry("Authorization", "Bearer s")
                .containsEntry("Cookie", "c=s");

        fetcher.fetch(FetcherIT.request(open.url("/away"), headers), HopGate.open());
        assertThat(open.log().getLast().header("Host")).startsWith("other.example");
        assertThat(open.log().getLast().headers())
                .doesNotContainKeys("Authorization", "Cookie", "X-Api-Key")
                .containsEntry("Accept-Language", "de");
    }

    @Test
    void theGateIsAskedBeforeEveryRedirectAndNotBeforeTheFirstRequest() throws Exception {
        var asked = new ArrayList<URI>();
        FetchOutcome outcome =
                fetcher.fetch(
                        FetcherIT.request(open.url("/redirect-chain/2"), Map.of()),
                        next -> {
                            asked.add(next);
                            return Optional.empty();
                        });
        assertThat(outcome).isInstanceOf(Fetched.class);
        assertThat(asked)
                .containsExactly(open.url("/redirect-chain/1"), open.url("/redirect-chain/0"));
    }

    @Test
    void aGateThatStopsEndsTheFetchWithItsOutcome() throws Exception {
        var stop = new Refused(FaultCode.ROBOTS_DISALLOWED, "by robots.txt", null);
        assertThat(
                        fetcher.fetch(
                                FetcherIT.request(open.url("/redirect-chain/2"), Map.of()),
                                next -> Optional.of(stop)))
                .isEqualTo(stop);
        assertThat(open.requests("/redirect-chain/1")).isZero();
    }

    @Test
    void aNameWithoutAddressIsADnsFailure() throws Exception {
        assertThat(fetch(URI.create("http://nowhere.example/")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FaultCode.DNS_FAILURE));
    }

    @Test
    void aClosedPortIsAConnectFailure() throws Exception {
        int port;
        try (var server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }
        assertThat(fetch(URI.create("http://127.0.0.1:" + port + "/")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FaultCode.CONNECT_FAILURE));
    }

    @Test
    void aHostThatSpeaksNoTlsIsATlsFailure() throws Exception {
        assertThat(fetch(URI.create("https://127.0.0.1:" + open.port() + "/arrived")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FaultCode.TLS_FAILURE));
    }

    @Test
    void aTlsHandshakeThatStallsEndsWithTheConnectTimeout() throws Exception {
        var config = CONFIG.withTimeouts(Duration.ofMillis(300), Patience.LONG);
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var impatient = new Fetcher(config, new AddressGuard(POLICY))) {
            var url = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
            assertThat(impatient.fetch(FetcherIT.request(url, Map.of()), HopGate.open()))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed ->
                                    assertThat(failed.code()).isEqualTo(FaultCode.CONNECT_TIMEOUT));
        }
    }

    @Test
    void aStalledLookupEndsWithTheTimeOfTheFetch() throws Exception {
        var release = new CountDownLatch(1);
        var guard =
                new AddressGuard(
                        POLICY,
                        host -> {
                            await(release);
                            throw new UnknownHostException(host);
                        });
        try (var stalled = new Fetcher(CONFIG, guard)) {
            var request =
                    FetchRequest.resource(
                            URI.create("http://slow.example/"), Duration.ofMillis(200), 10, true);
            assertThat(stalled.fetch(request, HopGate.open())).isInstanceOf(Failed.class);
        } finally {
            release.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow-header", "/slow-body", "/stalled-body", "/never-ending"})
    void anInterruptCancelsTheRequest(String path) throws Exception {
        var end = new AtomicReference<Object>();
        var request =
                new FetchRequest(
                        open.url(path),
                        Map.of(),
                        Duration.ofMinutes(1),
                        500 << 20,
                        false,
                        false,
                        null);
        Thread caller =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                end.set(fetcher.fetch(request, HopGate.open()));
                            } catch (InterruptedException e) {
                                end.set(e);
                            }
                        });
        Awaitility.await().until(() -> open.requests(path) == 1);
        caller.interrupt();
        assertThat(caller.join(Patience.LONG)).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aThousandFetchesWaitAtTheSameTimeWithoutAThreadOfThePlatformEach() throws Exception {
        int fetches = 1000;
        var allArrived = new CyclicBarrier(fetches);
        open.route(
                "/together",
                (request, out) -> {
                    try {
                        allArrived.await(60, TimeUnit.SECONDS);
                    } catch (BrokenBarrierException | TimeoutException e) {
                        throw new IOException(e);
                    }
                    out.html("<p>together");
                });
        var patience = Patience.LONG;
        int before = Thread.activeCount();
        try (var patient =
                        new Fetcher(
                                CONFIG.withTimeouts(patience, patience), new AddressGuard(POLICY));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FetchOutcome>> all = new ArrayList<>();
            for (int i = 0; i < fetches; i++) {
                all.add(
                        threads.submit(
                                () ->
                                        patient.fetch(
                                                FetchRequest.resource(
                                                        open.url("/together"), patience, 99, true),
                                                HopGate.open())));
            }
            for (Future<FetchOutcome> fetch : all) {
                assertThat(fetch.get()).isInstanceOf(Fetched.class);
            }
        }
        assertThat(Thread.activeCount() - before).isLessThan(50);
    }

    private FetchOutcome fetch(URI url) throws InterruptedException {
        return fetcher.fetch(FetcherIT.request(url, Map.of()), HopGate.open());
    }

    private void assertNothingReachedTheForbiddenHost() {
        assertThat(forbidden.log()).isEmpty();
    }

    /** Answers a name's n-th lookup with its n-th list of addresses, the last one for ever. */
    private List<InetAddress> lookup(String host) throws UnknownHostException {
        List<List<String>> answers = names.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        int asked = lookups.computeIfAbsent(host, _ -> new AtomicInteger()).getAndIncrement();
        return answers.get(Math.min(asked, answers.size() - 1)).stream()
                .map(InetAddress::ofLiteral)
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
