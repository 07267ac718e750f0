package io.gleaner.perf.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.load.Latency;
import io.gleaner.perf.process.Machine;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.Revision;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.users.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way once: PostgreSQL, Redis, service, site and users in processes of their own. */
@Timeout(300)
class LoadBenchIT {

    private static final double STOPPED_MS = 2_000;

    /** What coordinated omission would hide: users arrive while nobody answers them. */
    @Test
    void aServiceThatStoodStillShowsInThePercentilesAndIsNamed() throws Exception {
        var settings =
                new LoadSettings(
                        Shape.SMOKE,
                        10,
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(4),
                        Optional.empty(),
                        "",
                        List.of(),
                        true,
                        Optional.of(PlantedFault.PAUSE));
        var lines = new ArrayList<String>();
        Findings findings;
        var bench = new LoadBench(settings, new Interruption());
        try (var lab =
                new Lab(
                        new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                        new ServerProgram(
                                List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                                ServerProgram.onClassPath()),
                        lines::add)) {
            findings = bench.run(lab);
        }
        var run = (Run) findings.raw();
        // The first request after the stop comes a little later, and most users came meanwhile.
        assertThat(run.answers().latency(Requests.prompt()).p999Ms())
                .isGreaterThan(STOPPED_MS * 0.75);
        assertThat(run.answers().responses())
                .filteredOn(response -> response.tookMs() > STOPPED_MS / 4)
                .hasSizeGreaterThan(5);
        assertThat(run.answers().responses())
                .extracting(Response::request)
                .contains(Requests.SUBMIT, Requests.STATUS, Requests.SCRAPE);
        assertThat(run.loaded()).hasSizeGreaterThan(5);
        assertThat(findings.hold()).isFalse();
        assertThat(Bottlenecks.of(run))
                .filteredOn(Bottleneck::felt)
                .extracting(Bottleneck::kind)
                .contains(Bottleneck.Kind.STANDSTILL);
        // Whether it is reached within a second depends on what else the machine does.
        assertThat(lines).anyMatch(line -> line.matches(" +\\d+ s: .*"));
        assertThat(bench.page(report(findings)).orElseThrow())
                .contains(
                        "<h1>load-smoke</h1>",
                        "Not everything holds.",
                        "the service stood still",
                        "const charts = [{",
                        "\"unit\":\"ms\"")
                .doesNotContain("%CHARTS%", "%TABLES%", "%VERDICTS%", " src=", " href=");
    }

    private static Report report(Findings findings) throws InterruptedException {
        return new Report(
                "load-smoke",
                "gleaner load smoke",
                Instant.EPOCH,
                1,
                Machine.here(),
                Revision.here(),
                new MachineAtRest(
                        Latency.of(Latency.histogram()), Latency.of(Latency.histogram()), 0),
                0,
                0,
                0,
                0,
                findings);
    }
}
