package io.gleaner.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole way once, with a candidate that is slow because it collects garbage all the time. */
class CompareBenchIT {

    private static final ServerProgram BASE =
            new ServerProgram(
                    List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+UseSerialGC"),
                    ServerProgram.onClassPath());

    @Test
    void aSlowCandidateIsFound() throws Exception {
        var settings =
                new CompareSettings(
                        "base", "", 8, Duration.ofMillis(300), Duration.ofMillis(120), 8, 1);
        Findings findings;
        try (var lab =
                new Lab(
                        new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                        BASE,
                        line -> {})) {
            findings = new CompareBench(settings).compare(lab, BASE, BASE.with("-Xmn1m"), Map.of());
        }
        assertThat(findings.verdicts())
                .filteredOn(verdict -> !verdict.holds())
                .extracting(Verdict::what)
                .contains("scrapes/s, candidate over base", "status reads/s, candidate over base");
        assertThat(findings.tables().get(1).rows())
                .anyMatch(row -> row.getFirst().equals("SQL statements per scrape"))
                .noneMatch(row -> row.contains("not told"));
    }
}
