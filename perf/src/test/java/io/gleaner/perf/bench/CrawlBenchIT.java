package io.gleaner.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole way once: a real service, its PostgreSQL and the site, in processes of their own. */
class CrawlBenchIT {

    @Test
    void aCrawlOfTwoHundredPagesFindsEachOnce() throws Exception {
        var settings =
                new CrawlSettings(
                        SitePlan.of(200, 4).withErrorRate(0.05),
                        8,
                        64,
                        0,
                        1,
                        Duration.ofMinutes(5),
                        1,
                        Map.of("GLEANER_JFR", "false"));
        var lines = new ArrayList<String>();
        Findings findings;
        try (var lab =
                new Lab(
                        new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                        new ServerProgram(
                                List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                                ServerProgram.onClassPath()),
                        lines::add)) {
            findings = new CrawlBench(settings).run(lab);
        }
        assertThat(findings.verdicts()).hasSize(4).allMatch(Verdict::holds);
        assertThat(findings.tables().getFirst().rows()).anyMatch(row -> row.contains("pages/s"));
        assertThat(findings.tables().getLast().title())
                .isEqualTo("Default over {GLEANER_JFR=false}, round by round");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("default, round 1: "))
                .anyMatch(line -> line.startsWith("{GLEANER_JFR=false}, round 1: "));
    }
}
