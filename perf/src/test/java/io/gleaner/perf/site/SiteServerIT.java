package io.gleaner.perf.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SiteServerIT {

    /** So long that all requests have come before the first is answered, on a busy machine too. */
    private static final Duration LATENCY = Duration.ofSeconds(3);

    private static HttpReply get(SiteServer site, String host, String path) throws IOException {
        try (var connection = HttpConnection.open(new Target(host, site.port()))) {
            return connection.exchange(HttpRequest.get(path, ""));
        }
    }

    @Test
    void pagesAreServedOnEveryHostAndCounted() throws IOException {
        try (var site = SiteServer.start(SitePlan.of(100, 10), 0)) {
            HttpReply page = get(site, "127.1.0.5", "/p/4");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains("<title>Page 4</title>", "/p/33\"");
            assertThat(get(site, "127.1.0.1", "/p/4").body()).isEqualTo(page.body());
            get(site, "127.1.0.1", "/p/0");
            assertThat(get(site, "127.1.0.1", "/robots.txt").status()).isEqualTo(404);
            assertThat(get(site, "127.1.0.1", "/p/100").status()).isEqualTo(404);
            assertThat(get(site, "127.1.0.1", "/p/x").status()).isEqualTo(404);
            assertThat(site.stats()).isEqualTo(new SiteStats(3, 2, 1, 2, 0, 1, 3));
            assertThat(get(site, "127.0.0.1", "/_stats").text()).contains("\"repeated\":1");
            get(site, "127.0.0.1", "/_reset");
            assertThat(site.stats()).isEqualTo(new SiteStats(0, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void requestsInFlightAreCountedAndTakeTheirTime() throws Exception {
        SitePlan slow = SitePlan.of(100, 1).withLatency(LATENCY, LATENCY);
        try (var site = SiteServer.start(slow, 0);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            var requests = new ArrayList<Callable<HttpReply>>();
            for (int n = 0; n < 50; n++) {
                String path = "/p/" + n;
                requests.add(() -> get(site, "127.1.0.1", path));
            }
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
            assertThat(System.nanoTime() - begin).isGreaterThan(LATENCY.toNanos());
            assertThat(site.stats().inFlightMax()).isEqualTo(50);
        }
    }

    @Test
    void aConnectionCarriesManyRequests() throws IOException {
        try (var site = SiteServer.start(SitePlan.of(10, 1), 0);
                var connection = HttpConnection.open(new Target("127.1.0.1", site.port()))) {
            for (int n = 0; n < 10; n++) {
                assertThat(connection.exchange(HttpRequest.get("/p/" + n, "")).status())
                        .isEqualTo(200);
            }
            assertThat(site.stats().distinct()).isEqualTo(10);
        }
    }
}
