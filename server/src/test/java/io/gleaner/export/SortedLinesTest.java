package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;

class SortedLinesTest {

    @Property(seed = "20261201", tries = 100)
    void linesComeBackSortedHoweverFewFitIntoMemory(
            @ForAll List<@AlphaChars String> lines, @ForAll @IntRange(min = 1, max = 9) int room)
            throws Exception {
        var out = new ByteArrayOutputStream();
        try (var sorted = new SortedLines(room)) {
            for (String line : lines) {
                sorted.add(line);
            }
            sorted.writeTo(out);
        }

        assertThat(out.toString(UTF_8).lines().toList())
                .isEqualTo(lines.stream().sorted().toList());
    }
}
