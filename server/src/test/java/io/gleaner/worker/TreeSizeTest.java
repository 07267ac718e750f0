package io.gleaner.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The estimate against the tree as it is, from tags without text to text with few tags. */
class TreeSizeTest {

    private static final int REPEATED = 50_000;
    private static final int COLLECTIONS_MAX = 20;
    private static final long NOISE_BYTES = 32 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>",
                "<br>",
                "<a href=/a>",
                "<li>a link <a href='/some/path'>and its name</a></li>",
                "<p>a paragraph of some length, as most of them are; more or less a sentence.</p>",
            })
    void itIsNotFarFromTheTree(String piece) {
        String html = piece.repeat(REPEATED);
        long before = live();
        Document document = Parser.htmlParser().setMaxDepth(512).parseInput(html, "");
        long tree = live() - before;
        assertThat(document.body()).isNotNull();
        assertThat(TreeSize.bytes(html.getBytes(UTF_8))).isBetween(tree, 5 * tree);
    }

    /** After collections, until what earlier tests have left is gone. */
    private static long live() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS_MAX; i++) {
            long before = used;
            System.gc();
            used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (Math.abs(before - used) < NOISE_BYTES) {
                break;
            }
        }
        return used;
    }
}
