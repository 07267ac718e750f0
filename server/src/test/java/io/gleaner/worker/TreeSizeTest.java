package io.gleaner.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate against the tree as it is, from tags without text to text with few tags. */
class TreeSizeTest {

    private static final int REPEATED = 5_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>",
                "<br>",
                "<a href=/a>",
                "<li>a link <a href='/some/path'>and its name</a></li>",
                "<p>a paragraph of some length, as most of them are; more or less a sentence.</p>",
            })
    void itIsNotFarFromTheTree(String piece) throws Exception {
        String html = piece.repeat(REPEATED);
        Document document = Parser.htmlParser().setMaxDepth(512).parseInput(html, "");
        long tree = ReachableBytes.of(document);
        assertThat(TreeSize.bytes(html.getBytes(UTF_8))).isBetween(tree, 5 * tree);
    }

    @Test
    void itFindsEachTagWhereverItStands() {
        // The neighbours of '<', and bytes beyond ASCII, among which it has to be told apart.
        String alphabet = "<=;|\u00bc\u00e4 <\u0000";
        var random = new Random(1);
        for (int length = 0; length < 100; length++) {
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] document = text.toString().getBytes(UTF_8);
            long tags = text.chars().filter(c -> c == '<').count();
            assertThat(TreeSize.bytes(document)).isEqualTo(4L * document.length + 96 * tags);
        }
    }
}
