package io.gleaner.perf.autoscale.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

    @TempDir private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("load.csv"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "steady, 60, 1, 1",
        "spike, 60, 10, 1",
        "ramp, 80, 10, 1",
        "sawtooth, 120, 5.996, 1",
        "flash-crowd, 90, 10, 1",
        "night, 480, 4, 0.08"
    })
    void everyBuiltInTraceHasItsShape(String name, int minutes, double most, double least) {
        Trace trace = Trace.named(name, 100);
        assertThat(trace.rates()).hasSize(minutes * 60);
        double max = trace.rates().stream().mapToDouble(rate -> rate).max().orElseThrow();
        double min = trace.rates().stream().mapToDouble(rate -> rate).min().orElseThrow();
        assertThat(max / 100).isBetween(most - 0.01, most + 0.01);
        assertThat(min / 100).isBetween(least - 0.01, least + 0.01);
    }

    @Test
    void aRateOfAFileHoldsUntilTheNextLineAndTheLastLineEndsIt() throws IOException {
        assertThat(Trace.read(file("# seconds,urls\n0,10\n\n2, 5.5\n3,0\n")).rates())
                .containsExactly(10.0, 10.0, 5.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0,10;x,5    | line 2: not 'seconds,items per second': x,5
                    0           | line 1: not 'seconds,items per second': 0
                    0,10;5,1;4,1 | line 3: seconds must rise
                    0,-1        | line 1: seconds must rise and rates not be negative: 0,-1
                    0,5         | a trace must have 1 to
                    """)
    void aWrongLineIsNamed(String lines, String sentence) throws IOException {
        Path file = file(lines.replace(';', '\n'));
        assertThatThrownBy(() -> Trace.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPieceOfATraceMayBeTakenAndMadeLarger() {
        Trace trace = new Trace("t", List.of(1.0, 2.0, 3.0, 4.0));
        assertThat(trace.between(Duration.ofSeconds(1), Duration.ofSeconds(3)).times(10).rates())
                .containsExactly(20.0, 30.0);
        assertThatThrownBy(() -> trace.between(Duration.ofSeconds(2), Duration.ofSeconds(2)))
                .hasMessageContaining("t has 4 s; there is nothing from PT2S until PT2S");
    }

    @Test
    void anUnknownNameSaysWhichThereAre() {
        assertThatThrownBy(() -> Trace.named("spik", 1))
                .hasMessageContaining("no trace 'spik'; there are steady, spike");
    }
}
