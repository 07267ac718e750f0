package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.TestSite;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting costs no platform thread: nothing pins its carrier, and nothing brings its own. */
@Timeout(300)
final class PinningIT {

    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final Duration PINNED_MAX = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS_MAX = 5;
    private static final int HOSTS = 25;
    private static final int PAGES_EACH = 16;
    private static final int READERS = 8;

    /** All slots of all hosts. */
    private static final int IN_FLIGHT = 200;

    /** Carriers, and what a JVM and a driver start of their own accord; far from one per fetch. */
    private static final int PLATFORM_THREADS_MORE = 50;

    /**
     * Threads that meet a class for the first time wait for its loader, and that pins them. It
     * happens once in the life of a process, so the same work is done before it is watched. A busy
     * machine makes a moment long for once; what pins does so in every round.
     */
    @Test
    void nothingPinsItsCarrierUnderLoad() throws Exception {
        try (var site = TestSite.start("0.0.0.0");
                var service = RunningService.patient();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            load(service, site, clients);
            List<RecordedEvent> pinned = pinnedUnderLoad(service, site, clients);
            for (int round = 1; round < ROUNDS_MAX && !pinned.isEmpty(); round++) {
                pinned = pinnedUnderLoad(service, site, clients);
            }
            assertThat(pinned).isEmpty();
        }
    }

    private static List<RecordedEvent> pinnedUnderLoad(
            RunningService service, TestSite site, ExecutorService clients) throws Exception {
        try (var pins = new Pins()) {
            load(service, site, clients);
            return pins.seen();
        }
    }

    @Test
    void aPinnedThreadIsSeen() throws Exception {
        try (var pins = new Pins()) {
            Thread.ofVirtual().start(Pinning::begin).join();
            assertThat(pins.seen())
                    .singleElement()
                    .satisfies(pin -> assertThat(pin.toString()).contains("PinningIT$Pinning"));
        }
    }

    @Test
    void fetchesThatWaitHoldNoPlatformThreads() throws Exception {
        var gate = new CountDownLatch(1);
        try (var site = TestSite.start("0.0.0.0");
                var service =
                        RunningService.start(
                                RunningService.limits(
                                        IN_FLIGHT, 1_000, 8, Duration.ofMillis(200)))) {
            site.route(
                    "/held",
                    (_, out) -> {
                        gate.await();
                        out.html("<p>At last</p>");
                    });
            int before = platformThreads();
            String job = service.submit(Map.of("urls", heldUrls(site)));
            await().atMost(PATIENCE).until(() -> site.requests("/held") == IN_FLIGHT);
            assertThat(platformThreads()).isLessThan(before + PLATFORM_THREADS_MORE);
            gate.countDown();
            assertThat(service.results(job)).hasSize(IN_FLIGHT);
        }
    }

    /** Blocks where the JVM cannot unmount: while a class is initialised, a native frame waits. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(PINNED_MAX.multipliedBy(3).toNanos());
        }

        static void begin() {}
    }

    /** Pinned carriers of this JVM from now on. */
    private static final class Pins implements AutoCloseable {
        private final RecordingStream events = new RecordingStream();
        private final List<RecordedEvent> seen = new CopyOnWriteArrayList<>();

        Pins() {
            events.enable(PINNED).withThreshold(PINNED_MAX).withStackTrace();
            events.setReuse(false);
            events.onEvent(PINNED, seen::add);
            events.startAsync();
        }

        /** All that came before this call; nothing is recorded after it. */
        List<RecordedEvent> seen() {
            events.stop();
            return seen;
        }

        @Override
        public void close() {
            events.close();
        }
    }

    /** Concurrent submissions, a crawl of some hundred pages, status reads all the while. */
    private static void load(RunningService service, TestSite site, ExecutorService clients)
            throws Exception {
        List<String> jobs = submitTogether(service, site, clients);
        List<Future<Integer>> reads = readTogether(service, jobs, clients);
        for (String job : jobs) {
            assertThat(service.results(job)).hasSize(PAGES_EACH);
        }
        for (Future<Integer> read : reads) {
            assertThat(read.get()).isPositive();
        }
    }

    private static List<String> submitTogether(
            RunningService service, TestSite site, ExecutorService clients) throws Exception {
        List<Future<String>> submissions =
                IntStream.range(0, HOSTS)
                        .mapToObj(
                                host ->
                                        clients.submit(
                                                () ->
                                                        service.submit(
                                                                Map.of("urls", urls(site, host)))))
                        .toList();
        List<String> jobs = new ArrayList<>();
        for (Future<String> submission : submissions) {
            jobs.add(submission.get());
        }
        return jobs;
    }

    /** Reads statuses until all jobs have ended; how many each reader has read. */
    private static List<Future<Integer>> readTogether(
            RunningService service, List<String> jobs, ExecutorService clients) {
        return IntStream.range(0, READERS)
                .mapToObj(reader -> clients.submit(() -> readUntilEnded(service, jobs)))
                .toList();
    }

    private static int readUntilEnded(RunningService service, List<String> jobs) throws Exception {
        int reads = 0;
        for (String job : jobs) {
            do {
                reads++;
            } while (service.get(job + "?wait=50ms").path("state").asString().equals("running"));
        }
        return reads;
    }

    private static List<String> urls(TestSite site, int host) {
        return IntStream.range(0, PAGES_EACH)
                .mapToObj(page -> url(site, host, "/graph/%d/%d".formatted(PAGES_EACH, page)))
                .toList();
    }

    private static List<String> heldUrls(TestSite site) {
        return IntStream.range(0, IN_FLIGHT).mapToObj(i -> url(site, i, "/held?" + i)).toList();
    }

    private static String url(TestSite site, int host, String path) {
        return "http://127.3.0.%d:%d%s".formatted(host + 1, site.port(), path);
    }

    /** Virtual threads do not count. */
    private static int platformThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
