package io.gleaner.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.proxy.PageLimits;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    private static final Duration GRACE = Duration.ofSeconds(1);

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

            Map<BadPage, Map<String, Integer>> ends = new EnumMap<>(BadPage.class);
            Map<BadPage, Duration> longest = new EnumMap<>(BadPage.class);
            for (int i = 0; i < TIMES; i++) {
                for (BadPage bad : BadPage.values()) {
                    Future<RenderOutcome> beside = threads.submit(() -> rendering.render(good));
                    long start = System.nanoTime();
                    RenderOutcome came = rendering.render(site.url(bad.path()), DEADLINE);
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    assertThat(took).as("%s, %d", bad, i).isLessThan(DEADLINE.plus(GRACE));
                    ends.computeIfAbsent(bad, _ -> new TreeMap<>())
                            .merge(word(came), 1, Integer::sum);
                    longest.merge(bad, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
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
            ends.forEach(
                    (bad, words) ->
                            System.out.printf(
                                    "| %s | %s | %d ms |%n",
                                    bad, words, requireNonNull(longest.get(bad)).toMillis()));
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

    @Test
    void nothingIsLeftOfBrowsersThatAreKilledOrFrozen() throws Exception {
        var profiles = new ArrayList<Path>();
        try (TestSite site = TestSite.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var rendering = Rendering.onLoopback(NothingIsLeftIT::bounded)) {
            site.route(
                    "/waits",
                    (_, out) -> out.html("<p>Here.<script>fetch('/slow-header')</script>"));
            for (int i = 0; i < TIMES; i++) {
                for (String signal : List.of("-KILL", "-STOP")) {
                    rendering.page(site.url("/about.html"));
                    ProcessHandle browser = rendering.process().handle();
                    profiles.add(rendering.process().profile());
                    site.reset();
                    Future<RenderOutcome> page =
                            threads.submit(
                                    () -> rendering.render(site.url("/waits"), Rendering.LONG));
                    await().until(() -> site.requests("/slow-header") > 0);
                    new ProcessBuilder("kill", signal, Long.toString(browser.pid()))
                            .start()
                            .waitFor();
                    assertThat(Rendering.page(page.get()).text()).as(signal).contains("Here.");
                    await().until(() -> !browser.isAlive());
                }
            }
        }
        await().untilAsserted(
                        () ->
                                assertThat(profiles)
                                        .allSatisfy(
                                                profile -> {
                                                    assertThat(ofProfile(profile)).isEmpty();
                                                    assertThat(profile).doesNotExist();
                                                }));
        System.out.printf("%d times each killed and frozen: nothing is left%n", TIMES);
    }

    private static String word(RenderOutcome outcome) {
        return switch (outcome) {
            case RenderOutcome.Rendered _ -> "rendered";
            case RenderOutcome.Ended(FetchOutcome.Refused(var code, _, _)) ->
                    code.name().toLowerCase(Locale.ROOT);
            default -> throw new AssertionError(outcome);
        };
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
