package io.gleaner.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.proxy.PageLimits;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Of bad pages, many times each beside a good one, nothing is left: no process, no folder, no
 * memory, no connection. {@code -Dgleaner.bad-pages=100} is how many times each (1).
 */
class NothingIsLeftIT {

    private static final int TIMES = Integer.getInteger("gleaner.bad-pages", 1);
    private static final Duration DEADLINE = Duration.ofMillis(1_500);

    /** Descriptors that pools of connections keep for a while. */
    private static final int DESCRIPTORS_SPARE = 20;

    private static final long MEMORY_SPARE_BYTES = 300L << 20;

    @Test
    void nothingIsLeftOfBadPages() throws Exception {
        ProcessHandle browser;
        Path profile;
        try (TestSite site = TestSite.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var rendering = Rendering.onLoopback(NothingIsLeftIT::bounded)) {
            for (BadPage bad : BadPage.values()) {
                site.route(bad.path(), (_, out) -> out.html(bad.html()));
            }
            URI good = site.url("/about.html");
            rendering.page(good);
            browser = rendering.process().handle();
            profile = rendering.process().profile();
            int pages = renderers(browser).size();
            long memory = proportionalBytes(browser);
            long descriptors = descriptors();

            for (int i = 0; i < TIMES; i++) {
                for (BadPage bad : BadPage.values()) {
                    Future<RenderOutcome> beside = threads.submit(() -> rendering.render(good));
                    var _ = rendering.render(site.url(bad.path()), DEADLINE);
                    assertThat(beside.get())
                            .as("%s, %d", bad, i)
                            .isInstanceOf(RenderOutcome.Rendered.class);
                    assertThat(Rendering.page(beside.get()).text()).contains("is called About");
                }
            }

            assertThat(rendering.process().handle()).isEqualTo(browser);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                assertThat(renderers(browser)).hasSizeLessThanOrEqualTo(pages + 2);
                                assertThat(proportionalBytes(browser))
                                        .isLessThan(memory + MEMORY_SPARE_BYTES);
                                assertThat(descriptors())
                                        .isLessThan(descriptors + DESCRIPTORS_SPARE);
                            });
            System.out.printf(
                    "%d times each: page processes %d, then %d; browser %d MiB, then %d MiB;"
                            + " descriptors %d, then %d%n",
                    TIMES,
                    pages,
                    renderers(browser).size(),
                    memory >> 20,
                    proportionalBytes(browser) >> 20,
                    descriptors,
                    descriptors());
        }
        await().untilAsserted(
                        () -> {
                            assertThat(browser.isAlive()).isFalse();
                            assertThat(ofProfile(profile)).isEmpty();
                            assertThat(profile).doesNotExist();
                        });
    }

    private static RenderConfig bounded(RenderConfig config) {
        return config.bounding(new PageLimits(50, 64, 8L << 20), 400L << 20, 100_000)
                .living(Integer.MAX_VALUE, Duration.ofMinutes(5));
    }

    private static List<ProcessHandle> renderers(ProcessHandle browser) {
        return browser.descendants()
                .filter(it -> text(it.pid(), "cmdline").contains("--type=renderer"))
                .toList();
    }

    /** Processes of this machine that have to do with a profile, whoever is their parent. */
    private static List<ProcessHandle> ofProfile(Path profile) {
        return ProcessHandle.allProcesses()
                .filter(it -> text(it.pid(), "cmdline").contains(profile.toString()))
                .toList();
    }

    /** What is shared is counted in shares. */
    private static long proportionalBytes(ProcessHandle browser) {
        return Stream.concat(Stream.of(browser), browser.descendants())
                .flatMap(it -> text(it.pid(), "smaps_rollup").lines())
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static String text(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended meanwhile.
        }
    }
}
