package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.NodeClients;
import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.TestSite;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Firecrawl's own SDK for JavaScript against the whole service: {@code src/test/js}. */
final class FirecrawlSdkIT {

    private static final CountDownLatch CLOSING = new CountDownLatch(1);

    private static TestSite site;
    private static RunningService service;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.robots(RobotsMode.DENY_PRIVATE);
        site.route("/stalled", (_, _) -> CLOSING.await());
        service = RunningService.patient();
    }

    @AfterAll
    static void stop() {
        CLOSING.countDown();
        service.close();
        site.close();
    }

    @Test
    void everyFlowOfTheSdkWorks() throws Exception {
        String home = site.url("/").toString();
        String said =
                NodeClients.run(
                        "firecrawl.mjs", service.url(), home.substring(0, home.length() - 1));

        assertThat(said).contains("ok a crawl is waited for");
    }
}
