package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code markdown-cases.txt}: a name, HTML, an arrow, the Markdown it becomes. */
class MarkdownTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void htmlBecomesMarkdown(String name, String html, String markdown) {
        assertThat(Extraction.whole(html).content().markdown()).as(name).isEqualTo(markdown);
    }

    static Stream<Arguments> cases() {
        // A case starts with "### " behind a blank line and is told from a heading by its arrow.
        String[] parts = Extraction.resource("markdown-cases.txt").split("(?m)^--->\n", -1);
        String[] names = new String[parts.length];
        String[] inputs = new String[parts.length];
        String[] outputs = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int name = i == parts.length - 1 ? parts[i].length() : parts[i].lastIndexOf("### ");
            if (i > 0) {
                outputs[i - 1] = parts[i].substring(0, name).stripTrailing();
            }
            if (i < parts.length - 1) {
                int line = parts[i].indexOf('\n', name);
                names[i] = parts[i].substring(name + 4, line);
                inputs[i] = parts[i].substring(line + 1).stripTrailing();
            }
        }
        return Arrays.stream(names, 0, parts.length - 1)
                .map(
                        name -> {
                            int i = Arrays.asList(names).indexOf(name);
                            return Arguments.of(name, inputs[i], outputs[i]);
                        });
    }
}
