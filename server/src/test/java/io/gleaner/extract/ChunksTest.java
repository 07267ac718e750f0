package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Chunk;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ChunksTest {

    private static final String WORDS = "The river bends twice before the town. ";

    @Test
    void aSectionIsAChunkUnderItsHeadings() {
        assertThat(
                        Chunks.of(
                                """
                                Before.

                                # A

                                One.

                                Two.

                                ## B

                                - three
                                - four

                                # C

                                Five.\
                                """))
                .containsExactly(
                        new Chunk(List.of(), "Before."),
                        new Chunk(List.of("A"), "# A\n\nOne.\n\nTwo."),
                        new Chunk(List.of("A", "B"), "## B\n\n- three\n- four"),
                        new Chunk(List.of("C"), "# C\n\nFive."));
    }

    @Test
    void aHeadingWithoutTextStaysWithTheDeeperOne() {
        assertThat(Chunks.of("# A\n\n## B\n\nOne.\n\n## C"))
                .containsExactly(
                        new Chunk(List.of("A", "B"), "# A\n\n## B\n\nOne."),
                        new Chunk(List.of("A", "C"), "## C"));
    }

    @Test
    void aSignInCodeIsNoHeading() {
        String code = "```\n# a comment\n\n# another\n```";
        assertThat(Chunks.of("# A\n\n" + code))
                .containsExactly(new Chunk(List.of("A"), "# A\n\n" + code));
    }

    @Test
    void aLongTableHasItsHeadInEachPart() {
        String head = "| name | depth |\n| --- | --- |\n";
        List<Chunk> chunks = Chunks.of("# A\n\n" + head + "| Elbe | 9 |\n".repeat(500).strip());
        assertThat(chunks).hasSizeGreaterThan(2);
        assertThat(chunks).allMatch(chunk -> chunk.markdown().contains(head));
        assertThat(rows(chunks)).isEqualTo(500);
    }

    private static int rows(List<Chunk> chunks) {
        return chunks.stream()
                .mapToInt(chunk -> chunk.markdown().split("Elbe", -1).length - 1)
                .sum();
    }

    @Test
    void longCodeHasAFenceAroundEachPart() {
        String code = "```java\n" + "call(1);\n".repeat(500) + "```";
        assertThat(Chunks.of(code))
                .hasSizeGreaterThan(2)
                .allMatch(chunk -> chunk.markdown().startsWith("```java\n"))
                .allMatch(chunk -> chunk.markdown().endsWith("\n```"));
    }

    @Test
    void aLongParagraphIsPartedBetweenWords() {
        assertThat(Chunks.of(WORDS.repeat(200)))
                .allMatch(chunk -> chunk.markdown().strip().matches("(?s)\\w+ .*[\\w.]"))
                .hasSizeBetween(4, 6);
    }

    @Provide
    Arbitrary<String> markdown() {
        return Arbitraries.of(
                        "# ",
                        "## ",
                        "### ",
                        "a",
                        "river ",
                        "\n",
                        "\n\n",
                        "```\n",
                        "| a | b |\n",
                        "| --- | --- |\n",
                        "- ",
                        "> ",
                        "\ud83d\ude00",
                        "x".repeat(700),
                        WORDS.repeat(30))
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void noWordIsLostAndNoChunkIsTooLong(@ForAll("markdown") String markdown) {
        List<Chunk> chunks = Chunks.of(markdown);
        assertThat(chunks).allMatch(chunk -> chunk.markdown().length() <= Chunks.CHARS_MAX);
        String all = chunks.stream().map(Chunk::markdown).collect(Collectors.joining());
        assertThat(count(all)).isEqualTo(count(markdown));
    }

    /** Letters and faces; a fence or the head of a table may be there again. */
    private static long count(String markdown) {
        return markdown.codePoints().filter(c -> "xvtw\ud83d\ude00".indexOf(c) >= 0).count();
    }
}
