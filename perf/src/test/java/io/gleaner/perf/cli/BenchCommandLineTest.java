package io.gleaner.perf.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... benchAndSettings) {
        String[] arguments =
                Stream.concat(Stream.of("bench"), Stream.of(benchAndSettings))
                        .toArray(String[]::new);
        return Main.commandLine(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        arguments)
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit",
                "status",
                "crawl",
                "concurrency",
                "neighbours",
                "queue",
                "backlog",
                "chaos",
                "outage",
                "cache",
                "redis",
                "compare",
                "normal",
                "rolling",
                "upgrade",
                "micro",
                "validate"
            })
    void everyBenchExplainsItself(String bench) {
        assertThat(run(bench, "--help")).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Usage: gleaner bench " + bench)
                .contains("--report", "--database-url");
    }

    @Test
    void withoutABenchItSaysWhichThereAre() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8))
                .contains("submit", "status", "crawl", "backlog", "chaos", "outage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crawl --pages 0 | pages: 0",
                "crawl --hosts 10001 | hosts: 10001",
                "submit --seconds 3h | up to 2h",
                "compare HEAD --pairs 3 | fewer than 10 blocks",
                "submit --secnds 3s | --secnds",
                "crawl --database-url postgresql://192.0.2.7/db | loopback only",
                "chaos --kills 0 | kills must be at least 1",
                "micro --forks 0 | forks must be at least 1",
                "outage --mode melt | stop, freeze or both: melt",
                "outage --outage 0s | outage must be at least 1s",
                "backlog --sizes 10 --churn 5s | the size to churn must be one of [10]: 1000000"
            })
    void badUsageNamesWhatIsAccepted(String arguments, String sentence) {
        assertThat(run(arguments.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains(sentence);
    }
}
