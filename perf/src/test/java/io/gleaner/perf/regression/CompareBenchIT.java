package io.gleaner.perf.regression;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.DelayingProxy;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real service, and the same one behind a proxy that makes it slow. */
class CompareBenchIT {

    private static final ServerProgram PROGRAM =
            new ServerProgram(
                    List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-XX:+UseSerialGC"),
                    ServerProgram.onClassPath());
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Duration SLICE = Duration.ofMillis(200);
    private static final int BLOCKS = CompareSettings.PAIRS_MIN;

    @Test
    void whatACandidateTakesLongerShowsInItsFiguresAndWhatItCostsIsCounted() throws Exception {
        var settings = new CompareSettings("base", "", BLOCKS, Duration.ofMillis(500), SLICE, 8, 1);
        Findings findings;
        try (var lab =
                        new Lab(
                                new LabSettings(
                                        Optional.empty(), List.of(), List.of(), Map.of(), false),
                                PROGRAM,
                                line -> {});
                Postgres postgres = lab.postgres();
                Site site = lab.site(SitePlan.of(200, 20))) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (Service service =
                            lab.service(
                                    PROGRAM,
                                    database,
                                    List.of(
                                            "--allow-private-networks",
                                            "--crawl-delay-min",
                                            "0s"));
                    DelayingProxy proxy = DelayingProxy.before(service.target().port())) {
                proxy.delay(DELAY);
                findings =
                        new CompareBench(settings)
                                .compare(
                                        lab,
                                        new Subject(service.target(), database, site),
                                        new Subject(service.target(), database, site),
                                        new Subject(
                                                new Target("127.0.0.1", proxy.port()),
                                                database,
                                                site),
                                        Map.of());
            }
        }
        // Bounds that no other process can move: an answer is no sooner than the proxy lets it
        // through. Whether that is a loss is for JudgementTest, whose figures are given.
        double most = Subject.SCRAPERS * (1 + SLICE.toMillis() / (double) DELAY.toMillis());
        assertThat(figure(findings, Subject.SCRAPE_TIME))
                .hasSize(BLOCKS)
                .allMatch(millis -> millis >= DELAY.toMillis());
        assertThat(figure(findings, Subject.SCRAPES))
                .hasSize(BLOCKS)
                .allMatch(rate -> rate > 0 && rate <= most / (SLICE.toMillis() / 1e3));
        assertThat(findings.verdicts())
                .extracting(Verdict::what)
                .contains(
                        "scrapes/s, candidate over base",
                        "scrape p50, ms, candidate over base",
                        "status reads/s, candidate over base");
        assertThat(findings.tables().get(1).rows())
                .anyMatch(row -> row.getFirst().equals("SQL statements per scrape"))
                .anyMatch(row -> row.getFirst().equals("allocated bytes per status read"));
    }

    /** What the candidate showed, block by block. */
    private static List<Double> figure(Findings findings, String name) {
        var measured = (Map<?, ?>) findings.raw();
        Object candidate = requireNonNull(measured.get(CompareBench.CANDIDATE));
        return ((CompareBench.Measured) candidate).of(name);
    }

    @Test
    void theStoreClassesOfTwoBuildsSettleInOneJvmByThemselves(@TempDir Path folder) {
        try (Postgres postgres = Postgres.open(Optional.empty(), folder);
                Settles one = Settles.of(PROGRAM, postgres.fresh("gleaner_bench_one"));
                Settles other = Settles.of(PROGRAM, postgres.fresh("gleaner_bench_other"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(one.next()).isPositive();
                assertThat(other.next()).isPositive();
            }
        }
    }
}
