package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.app.Monitoring.Expectation;
import io.gleaner.app.Monitoring.Rule;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the alerts against their tests, their runbook and, where it is there, promtool. */
final class AlertsTest {

    private static final String RUNBOOK = "docs/operations/monitoring.md#";

    @Test
    void everyAlertSaysHowBadItIsWhatItIsAndWhatToDo() throws Exception {
        List<String> headings = Monitoring.headings();

        assertThat(Monitoring.alerts())
                .isNotEmpty()
                .allSatisfy(
                        rule -> {
                            assertThat(rule.labels().severity()).isIn("critical", "warning");
                            assertThat(rule.annotations().summary()).isNotBlank();
                            assertThat(rule.annotations().runbook()).startsWith(RUNBOOK);
                            assertThat(headings)
                                    .contains(
                                            rule.annotations()
                                                    .runbook()
                                                    .substring(RUNBOOK.length()));
                        });
        assertThat(Monitoring.alerts()).extracting(Rule::alert).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertIsTestedToFireAndToStaySilent() {
        List<Expectation> expected = Monitoring.expectations();

        assertThat(Monitoring.alerts())
                .allSatisfy(
                        rule -> {
                            assertThat(expected).anyMatch(each -> fires(each, rule));
                            assertThat(expected).anyMatch(each -> staysSilent(each, rule));
                        });
    }

    @Test
    void theMetricsOfAnExpressionAreFound() {
        assertThat(
                        Monitoring.metrics(
                                """
                                sum by (job) (rate(a_total{x=~"b|{c}"}[5m])) / 2 > 3 * 3600
                                  and on (job) max by (job) (d) == 0
                                  unless min_over_time(e[1h] offset 5h)
                                """))
                .containsExactly("a_total", "d", "e");
    }

    /** Where there is none, the tests above hold the files' shape; it is in Debian's prometheus. */
    @Test
    void promtoolAcceptsTheAlertsAndTheirTests() throws Exception {
        Optional<Path> promtool = promtool();
        if (promtool.isPresent()) {
            promtool(promtool.get(), "check", "rules", "alerts.yaml");
            promtool(promtool.get(), "test", "rules", "alerts.test.yaml");
        }
    }

    private static boolean fires(Expectation expected, Rule rule) {
        return expected.alert().equals(rule.alert()) && !expected.fired().isEmpty();
    }

    private static boolean staysSilent(Expectation expected, Rule rule) {
        return expected.alert().equals(rule.alert()) && expected.fired().isEmpty();
    }

    private static Optional<Path> promtool() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void promtool(Path promtool, String... arguments) throws Exception {
        Process process =
                new ProcessBuilder(
                                Stream.concat(Stream.of(promtool.toString()), Stream.of(arguments))
                                        .toList())
                        .directory(Monitoring.PROMETHEUS.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
