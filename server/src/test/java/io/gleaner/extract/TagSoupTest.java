package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any document, however broken. */
class TagSoupTest {

    private static final String[] TAGS = {
        "a href='/x'",
        "b",
        "i",
        "s",
        "p",
        "div",
        "span",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "caption",
        "pre",
        "code",
        "h1",
        "h2",
        "blockquote",
        "br",
        "hr",
        "img src=x alt=y",
        "dl",
        "dt",
        "dd",
        "main",
        "article",
        "nav",
        "aside",
        "q",
        "details",
        "summary",
        "section",
        "sup",
        "figure",
        "center",
        "form",
        "font",
        "nobr",
        "x-y",
        "svg",
        "math",
        "select",
        "button"
    };

    /** Elements that hide nothing and that the parser leaves where they are. */
    private static final String[] PLAIN = {
        "b",
        "i",
        "s",
        "p",
        "div",
        "span",
        "ul",
        "li",
        "pre",
        "code",
        "h2",
        "blockquote",
        "br",
        "dl",
        "dt",
        "dd",
        "q",
        "section",
        "article",
        "a href='/x'",
        "sup",
        "ol",
        "hr"
    };

    @Property(tries = 400)
    void nothingThrowsAndEveryProductIsBounded(@ForAll("soup") String html) {
        var content = Extraction.main(html).content();
        int bound = 200 + 40 * html.length();
        assertThat(content.markdown()).hasSizeLessThan(bound);
        assertThat(content.html()).hasSizeLessThan(bound);
        assertThat(content.text()).hasSizeLessThan(bound);
    }

    @Property(tries = 400)
    void arbitraryCharactersNeverThrow(@ForAll String html) {
        Extraction.main(html);
        Extraction.whole("<p title='" + html + "'>" + html + "<a href='" + html + "'>x");
    }

    @Property(tries = 400)
    void theWordsOfTheTextStandInOrderInTextAndMarkdown(@ForAll("plain") List<String> pieces) {
        wordsStandInOrder(pieces);
    }

    /** Found by the seed -2144483652878217101, and what jqwik made of it. */
    @Example
    void wordsStandInOrderAfterMisnestedBlocks() {
        wordsStandInOrder(
                pieces(
                        """
                        luh oud fhk </b> apq </dt> <a> <b> <b> <sup> <blockquote> </section> alp jua </pre> <div>
                        </dt> </article> </sup> </blockquote> <dl> <h2> ocx </dl> </span> <s> <b> <dd> <hr> moj
                        nli </a> </hr> </dd> </li> </ol> </ol> </sup> </br> <p> <br> qdb </article> <blockquote>
                        emt </s> </code> bvi <div> <i> <li> aaa thq
                        """));
        wordsStandInOrder(
                pieces(
                        """
                        <a> <b> <b> <b> <b> <b> <b> <i> <s> <b> <p> <b> </b> <b> <a> <b> <b> <b> <b> <b> <b> <b>
                        <b> <b> aaa <b> <p> aab </i>
                        """));
    }

    private static List<String> pieces(String written) {
        return List.of(written.strip().replace("<a>", "<a_href='/x'>").split("\\s+", -1)).stream()
                .map(piece -> piece.replace('_', ' '))
                .toList();
    }

    private static void wordsStandInOrder(List<String> pieces) {
        var words = pieces.stream().filter(piece -> !piece.startsWith("<")).toList();
        String html = String.join("", pieces);
        assertThat(wordsIn(Extraction.wholeText(html))).isEqualTo(String.join("", words));
        assertThat(wordsIn(Extraction.wholeMarkdown(html).replaceAll("\\]\\([^)]*\\)", "")))
                .isEqualTo(String.join("", words));
    }

    @Property(tries = 400)
    void literalTextReadsTheSameInMarkdown(@ForAll("prose") String prose) {
        String html = "<p>x" + prose.replace("&", "&amp;").replace("<", "&lt;") + "</p>";
        String markdown = Extraction.wholeMarkdown(html);
        assertThat(markdown.replaceAll("\\\\(\\p{Punct})", "$1"))
                .isEqualTo(("x" + prose).strip().replaceAll(" +", " "));
    }

    private static String wordsIn(String text) {
        return text.replaceAll("[^a-z]", "");
    }

    @Provide
    Arbitrary<String> soup() {
        return pieces(TAGS).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> plain() {
        return pieces(PLAIN);
    }

    @Provide
    Arbitrary<String> prose() {
        return Arbitraries.strings().withChars("*_`[]()<>&~#!|-+=.:ab 1\\").ofMaxLength(40);
    }

    private static Arbitrary<List<String>> pieces(String[] tags) {
        Arbitrary<String> open = Arbitraries.of(tags).map(tag -> "<" + tag + ">");
        Arbitrary<String> close =
                Arbitraries.of(tags).map(tag -> "</" + tag.split(" ", -1)[0] + ">");
        Arbitrary<String> word = Arbitraries.strings().withCharRange('a', 'z').ofLength(3);
        return Arbitraries.oneOf(List.of(open, close, word))
                .list()
                .ofMaxSize(60)
                .map(ArrayList::new);
    }
}
