package io.gleaner.perf.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.report.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** JMH in JVMs of its own, as briefly as it can. */
class MicroBenchIT {

    private static final Duration TIME = Duration.ofMillis(250);

    private static Findings run(String filter) throws Exception {
        var settings = new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false);
        var program =
                new ServerProgram(
                        List.of("-Xmx256m", "--sun-misc-unsafe-memory-access=allow"),
                        ServerProgram.onClassPath());
        try (var lab = new Lab(settings, program, line -> {})) {
            return new MicroBench(new MicroSettings(filter, TIME, 1)).run(lab);
        }
    }

    @Test
    void aBenchmarkHasItsTimeItsErrorAndItsBytes() throws Exception {
        Findings findings = run("UrlMicro.normalise");
        assertThat(findings.raw())
                .asInstanceOf(InstanceOfAssertFactories.list(MicroResult.class))
                .singleElement()
                .satisfies(
                        result -> {
                            assertThat(result.benchmark()).isEqualTo("UrlMicro.normalise");
                            assertThat(result.score()).isPositive();
                            assertThat(result.error()).isPositive();
                            assertThat(result.unit()).isEqualTo("ns/op");
                            assertThat(result.allocatedBytes()).isGreaterThan(100);
                        });
        assertThat(findings.tables().getFirst().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.getFirst()).isEqualTo("UrlMicro.normalise"));
    }

    @Test
    void aFilterThatMatchesNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("nonesuch"))
                .withMessage("no benchmark matches nonesuch");
    }

    @Test
    void theDocumentsAreWhatTheirNamesSay() {
        assertThat(Document.MANUAL.html()).contains("<h1>Reading files", "<table");
        assertThat(Document.REFERENCE.html())
                .contains("write-0.html", "write-99.html")
                .hasSizeGreaterThan(100_000)
                .endsWith("</html>\n");
        assertThat(Document.SITE.html()).contains("<title>Page 0</title>");
    }
}
