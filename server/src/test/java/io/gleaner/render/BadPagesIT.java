package io.gleaner.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.job.FaultCode;
import io.gleaner.proxy.PageLimits;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a bad page breaks, it pays for: the page beside it is right, and nothing is left of it. */
class BadPagesIT {

    private static final Duration DEADLINE = Duration.ofSeconds(4);

    /** What comes after the deadline, on a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final long PAGE_MEMORY_MAX_BYTES = 400L << 20;

    private static TestSite site;
    private static Rendering rendering;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        site = TestSite.start();
        threads = Executors.newVirtualThreadPerTaskExecutor();
        rendering =
                Rendering.onLoopback(
                        config ->
                                config.bounding(
                                        new PageLimits(50, 64, 8L << 20),
                                        PAGE_MEMORY_MAX_BYTES,
                                        100_000));
        rendering.page(site.url("/about.html"));
    }

    @AfterAll
    static void stop() {
        rendering.close();
        threads.close();
        site.close();
    }

    @AfterEach
    void thePageAfterItIsRight() throws Exception {
        assertThat(rendering.page(site.url("/about.html")).text()).contains("is called About");
    }

    private static URI page(BadPage bad) {
        site.route(bad.path(), (_, out) -> out.html(bad.html()));
        return site.url(bad.path());
    }

    private static URI page(String path, String body) {
        site.route(path, (_, out) -> out.html("<!doctype html><title>T</title>" + body));
        return site.url(path);
    }

    /** Renders a bad page beside a good one; says what the bad one was refused with. */
    private static FaultCode beside(URI bad) throws Exception {
        return Rendering.refused(outcomeBeside(bad));
    }

    private static RenderOutcome outcomeBeside(URI bad) throws Exception {
        Callable<RenderOutcome> good = () -> rendering.render(site.url("/graph/9/3"));
        long start = System.nanoTime();
        Future<RenderOutcome> neighbour = threads.submit(good);
        RenderOutcome outcome = rendering.render(bad, DEADLINE);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(DEADLINE.plus(GRACE));
        assertThat(Rendering.page(neighbour.get()).text()).contains("Page 3");
        return outcome;
    }

    @Test
    void anEndlessLoop() throws Exception {
        assertThat(beside(page(BadPage.LOOP))).isEqualTo(FaultCode.RENDER_TIMEOUT);
    }

    @Test
    void anEndlessLoopAfterTheLoad() throws Exception {
        assertThat(beside(page(BadPage.LOOP_AFTER_THE_LOAD))).isEqualTo(FaultCode.RENDER_TIMEOUT);
    }

    @Test
    void alertsInALoop() throws Exception {
        assertThat(beside(page(BadPage.ALERTS))).isEqualTo(FaultCode.RENDER_TIMEOUT);
    }

    @Test
    void aPageThatWouldNotBeLeftIsLeft() throws Exception {
        assertThat(Rendering.page(outcomeBeside(page(BadPage.WOULD_NOT_BE_LEFT))).text())
                .contains("Stay.");
    }

    @Test
    void anEndlessBody() throws Exception {
        assertThat(beside(site.url("/never-ending"))).isEqualTo(FaultCode.RENDER_TOO_LARGE);
    }

    @Test
    void aBodyThatDrips() throws Exception {
        assertThat(beside(site.url("/slow-body"))).isEqualTo(FaultCode.RENDER_TIMEOUT);
    }

    @Test
    void aDownloadIsNotSaved() throws Exception {
        site.route(
                "/zip", (_, out) -> out.send(200, "application/zip", new byte[] {'P', 'K', 3, 4}));
        Set<Path> before = files(rendering.process().profile());
        assertThat(Rendering.page(outcomeBeside(page(BadPage.DOWNLOAD))).text()).contains("Here.");
        assertThat(files(rendering.process().profile()))
                .filteredOn(file -> !before.contains(file))
                .noneMatch(file -> file.toString().contains("zip"));
    }

    /** Again when a file goes while they are listed. */
    private static Set<Path> files(Path folder) {
        return await().ignoreExceptions().until(() -> listed(folder), Objects::nonNull);
    }

    private static Set<Path> listed(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return Set.copyOf(all.toList());
        }
    }

    @Test
    void twentyPopups() throws Exception {
        assertThat(Rendering.page(outcomeBeside(page(BadPage.POPUPS))).text()).contains("Here.");
    }

    @Test
    void threeMillionElements() throws Exception {
        assertThat(beside(page(BadPage.MANY_ELEMENTS)))
                .isIn(
                        FaultCode.RENDER_TOO_LARGE,
                        FaultCode.RENDER_TIMEOUT,
                        FaultCode.RENDER_OUT_OF_MEMORY);
    }

    @Test
    void aHeapThatIsExhausted() throws Exception {
        assertThat(beside(page(BadPage.HEAP)))
                .isIn(
                        FaultCode.RENDER_CRASHED,
                        FaultCode.RENDER_OUT_OF_MEMORY,
                        FaultCode.RENDER_TIMEOUT);
    }

    @Test
    void gigabytesOfBuffers() throws Exception {
        assertThat(beside(page(BadPage.BUFFERS)))
                .isIn(FaultCode.RENDER_CRASHED, FaultCode.RENDER_OUT_OF_MEMORY);
    }

    @Test
    void aFloodOfRequests() throws Exception {
        site.reset();
        assertThat(Rendering.refused(rendering.render(page(BadPage.FLOOD))))
                .isEqualTo(FaultCode.RENDER_TOO_LARGE);
        assertThat(site.requests("/about.html")).isLessThanOrEqualTo(50);
    }

    @Test
    void aPageWhoseProcessIsKilled() throws Exception {
        URI url = page("/killed", "<p>Here.<script>fetch('/slow-header')</script>");
        Future<RenderOutcome> page = threads.submit(() -> rendering.render(url, DEADLINE));
        await().until(() -> site.requests("/slow-header") > 0);
        renderers(rendering.process().handle()).forEach(ProcessHandle::destroyForcibly);
        assertThat(Rendering.refused(page.get())).isEqualTo(FaultCode.RENDER_CRASHED);
    }

    private static List<ProcessHandle> renderers(ProcessHandle browser) {
        return browser.descendants()
                .filter(
                        process ->
                                Files.isReadable(commandLine(process))
                                        && text(commandLine(process)).contains("--type=renderer"))
                .toList();
    }

    private static Path commandLine(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "cmdline");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended meanwhile.
        }
    }

    @Test
    void aKilledBrowserCostsItsPagesNothing() throws Exception {
        site.reset();
        URI url = page("/twice", "<p>Here.<script>fetch('/slow-header')</script>");
        Future<RenderOutcome> page = threads.submit(() -> rendering.render(url, Rendering.LONG));
        await().until(() -> site.requests("/slow-header") > 0);
        rendering.process().handle().destroyForcibly();
        assertThat(Rendering.page(page.get()).text()).contains("Here.");
        assertThat(site.requests("/twice")).isEqualTo(2);
    }

    @Test
    void aFrozenBrowserIsReplaced() throws Exception {
        ProcessHandle frozen = rendering.process().handle();
        stop(frozen);
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            rendering.render(site.url("/graph/9/" + i), DEADLINE);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(DEADLINE.plus(GRACE));
        }
        await().until(() -> !frozen.isAlive());
    }

    private static void stop(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }
}
