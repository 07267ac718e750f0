package io.gleaner.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.load.Latency;
import io.gleaner.perf.process.Machine;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportFolderIT {

    @TempDir private Path dir;

    private static final Latency AT_REST = new Latency(10, 0.2, 0.1, 0.3, 4.5, 6.7, 8.9);

    private static Report report(double steal, Verdict... verdicts) {
        var findings =
                new Findings(
                        Map.of("rate", "1000"),
                        List.of(
                                new Table(
                                        "Latency",
                                        List.of("what", "ms"),
                                        List.of(List.of("a|b", "1.5")))),
                        List.of(verdicts),
                        List.of("read me"),
                        List.of(Map.of("p99", 1.5)));
        return new Report(
                "submit",
                "gleaner bench submit --rate 1000",
                Instant.parse("2026-11-24T10:11:12.345Z"),
                12.3,
                new Machine("A CPU", 2, 1L << 34, "Linux 6", "JDK 25", "amd64"),
                new Revision("abc123", true),
                new MachineAtRest(AT_REST, AT_REST, 0),
                0.5,
                1.5,
                steal,
                0.7,
                findings);
    }

    @Test
    void thePageSaysWhatARepetitionNeedsAndWhatHolds() throws Exception {
        Path page =
                new ReportFolder(dir.resolve("a/b"))
                        .write(
                                report(0.001, Verdict.below("p99", 3, 10), Verdict.none("lost", 2)),
                                Optional.empty());
        assertThat(page.getFileName()).hasToString("submit-20261124-101112.md");
        assertThat(Files.readString(page))
                .contains(
                        "# bench submit",
                        "gleaner bench submit --rate 1000",
                        "| commit | abc123, with uncommitted changes |",
                        "2 cores, A CPU, 16,384 MiB",
                        "late wake-ups | p50 0.100, p99 4.50, p99.9 6.70, max 8.90 ms |",
                        "| p99 | 3.00 | < 10.0 | holds |",
                        "| lost | 2 | 0 | **does not hold** |",
                        "| a\\|b | 1.5 |",
                        "| rate | 1000 |",
                        "- read me")
                .doesNotContain("stole time");
    }

    @Test
    void aRunThatLostTimeToTheHypervisorSaysSo() throws Exception {
        Path page = new ReportFolder(dir).write(report(0.05), Optional.empty());
        assertThat(Files.readString(page)).contains("stole time from this run", "5.0 %");
    }

    @Test
    void theRawResultsAreInTheJson() throws Exception {
        new ReportFolder(dir).write(report(0, Verdict.none("lost", 0)), Optional.of("<p>charts"));
        var json =
                JsonMapper.shared()
                        .readTree(Files.readString(dir.resolve("submit-20261124-101112.json")));
        assertThat(json.at("/findings/raw/0/p99").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/revision/commit").asString()).isEqualTo("abc123");
        assertThat(json.at("/findings/verdicts/0/outcome").asString()).isEqualTo("HOLDS");
    }
}
