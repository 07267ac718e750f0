package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.Main;
import io.gleaner.profile.ClassHistogram;
import io.gleaner.profile.HeapGrowth;
import io.gleaner.testing.TestSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What lives on the heap after equal cycles of work: no more after twenty than after ten. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class LeakIT {

    private static final int CYCLES = 20;
    private static final int WARM_UPS = CYCLES - HeapGrowth.SAMPLES_MIN;
    private static final int GROWERS = 15;

    @TempDir private Path data;

    @Test
    void equalCyclesOfWorkLeaveNothingBehind() throws Exception {
        Run run = run(Main.class, 20);
        assertThat(run.growth().isNoise()).as("%s", run).isTrue();
    }

    @Test
    void aPlantedLeakIsFoundAndNamed() throws Exception {
        Run run = run(LeakyMain.class, 1);
        assertThat(run.growth().isNoise()).as("%s", run).isFalse();
        assertThat(run.growers().getFirst()).endsWith(" [B");
    }

    /**
     * What a run came to.
     *
     * @param live bytes after each cycle that counts
     * @param growers classes that have grown from the first of them to the last
     */
    private record Run(HeapGrowth growth, List<Long> live, List<String> growers) {}

    private Run run(Class<?> main, int work) throws Exception {
        List<ClassHistogram> samples = new ArrayList<>();
        try (var site = TestSite.start();
                var service =
                        ServiceProcess.launch(
                                        main,
                                        List.of("-Xmx160m", "-XX:+UseSerialGC"),
                                        List.of("--data", data.toString()),
                                        // Full from the first cycles on, as it is meant to be.
                                        Map.of("GLEANER_STATUS_CACHE_BYTES", "100000"))
                                .awaitReady()) {
            for (int cycle = 1; cycle <= CYCLES; cycle++) {
                cycle(service, site, work);
                if (cycle > WARM_UPS) {
                    samples.add(ClassHistogram.of(service.pid()));
                }
            }
        }
        List<Long> live = samples.stream().map(ClassHistogram::liveBytes).toList();
        return new Run(
                HeapGrowth.of(live),
                live,
                samples.getLast().growersSince(samples.getFirst(), GROWERS));
    }

    /** A crawl, as many pages by a list, and single ones, all read back. */
    private static void cycle(ServiceProcess service, TestSite site, int work) throws Exception {
        List<String> jobs = new ArrayList<>();
        jobs.add(
                service.submit(
                        """
                        {"crawl": {"url": "%s", "maxDepth": 1000, "sitemap": "skip"}}
                        """
                                .formatted(site.url("/graph/%d/0".formatted(work)))));
        jobs.add(
                service.submit(
                        IntStream.range(0, work)
                                .mapToObj(i -> "\"%s\"".formatted(site.url("/?" + i)))
                                .collect(Collectors.joining(",", "{\"urls\": [", "]}"))));
        for (int i = 0; i < work; i++) {
            jobs.add(
                    service.submit(
                            """
                            {"urls": ["%s"]}
                            """
                                    .formatted(site.url("/about.html"))));
        }
        for (String job : jobs) {
            assertThat(service.awaitEnd(job).path("state").asString()).isEqualTo("completed");
            assertThat(service.pages(job)).isNotEmpty();
        }
    }
}
