package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Document;
import org.jsoup.parser.AdoptingTreeBuilder;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Misnested formatting comes to the tree that the HTML standard says (13.2.6.4.7). */
class MisnestedTest {

    /**
     * The first are examples of the standard; the others are as parse5, which follows it, has them.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    <p>1<b>2<i>3</b>4</i>5</p>      | <p>1<b>2<i>3</i></b><i>4</i>5</p>
                    <b>1<p>2</b>3</p>               | <b>1</b><p><b>2</b>3</p>
                    <table><b><tr><td>1</b>2</table>3 | <b></b><table><tbody><tr><td>12</td></tr></tbody></table><b>3</b>
                    <a href=x>1<p>2</a>3            | <a href="x">1</a><p><a href="x">2</a>3</p>
                    <b>1<a href=x>2<p>3</b>4</a>5   | <b>1<a href="x">2</a></b><a href="x"></a><p><a href="x"><b>3</b>4</a>5</p>
                    <a>1<b><i><u><s>2<p>3</a>4      | <a>1<b><i><u><s>2</s></u></i></b></a><i><u><s><p><a>3</a>4</p></s></u></i>
                    <b>1<table><td>2</b>3           | <b>1<table><tbody><tr><td>23</td></tr></tbody></table></b>
                    1</b>2                          | 12
                    <main><p>1</main><p>2           | <main><p>1</p></main><p>2</p>
                    <p>1<main>2</main>3             | <p>1</p><main>2</main>3
                    <search><p>1</search>2          | <search><p>1</p></search>2
                    <main><b>1</main>2              | <main><b>1</b></main><b>2</b>
                    <table><main>1<td>2             | <main>1</main><table><tbody><tr><td>2</td></tr></tbody></table>
                    1</main>2</dialog>              | 12
                    <svg><main>1</svg>2             | <svg><main>1</main></svg>2
                    """)
    void itIsAsTheStandardSays(String html, String tree) {
        assertThat(body(html)).isEqualTo(tree);
    }

    @Test
    void whatIsInANoscriptStaysAsItIsWritten() {
        assertThat(body("<b>1<noscript>2</b>3</noscript>4"))
                .isEqualTo("<b>1<noscript>23</noscript>4</b>");
    }

    @Test
    void linksKeepTheirAddressWhenTheyAreTakenApart() {
        assertThat(Extraction.wholeMarkdown("<b>one <a href=/x>two<p>three</b> four</a>"))
                .contains("[two](http://h.example/x)")
                .contains("four](http://h.example/x)");
    }

    private static String body(String html) {
        Document document = new Parser(new AdoptingTreeBuilder()).parseInput(html, "");
        document.outputSettings().prettyPrint(false);
        return document.body().html();
    }
}
