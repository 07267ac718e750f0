package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a page says, our Markdown has no tag, attribute or link in it that we did not mean: read
 * by a renderer that lets HTML through, as many are.
 */
final class SafeMarkdownTest {

    private static final List<org.commonmark.Extension> GFM =
            List.of(TablesExtension.create(), StrikethroughExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(GFM).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(GFM).escapeHtml(false).build();

    private static final Set<String> MEANT =
            Set.of(
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "pre",
                    "code",
                    "strong",
                    "em",
                    "del",
                    "a",
                    "img",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "br",
                    "hr");
    private static final Set<String> ATTRIBUTES =
            Set.of("href", "src", "alt", "title", "class", "start", "align");

    private static final String[] PIECES = {
        "<img src=x onerror=alert(1)>",
        "<script>",
        "</script>",
        "<a href=javascript:alert(1)>",
        "<javascript:alert(1)>",
        "[x](javascript:alert(1))",
        "](http://h.example/ \"",
        "<!-- ",
        " -->",
        "<?x ?>",
        "<![CDATA[",
        "&lt;b&gt;",
        "&#60;",
        "`",
        "``",
        "```",
        "~~~",
        "\\",
        "\\\\",
        "[",
        "]",
        "(",
        ")",
        "]:",
        "!",
        "!<",
        "<",
        ">",
        "\"",
        "'",
        "|",
        "*",
        "_",
        "~~",
        "$",
        "#",
        "-",
        "=",
        ":",
        "1.",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\u00a0",
        "x",
        "y z",
        "é"
    };

    private static final String[] TAGS = {
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
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "q",
        "section",
        "summary",
        "details"
    };

    @Property(tries = 1_500)
    void noTagIsThereThatWeDidNotMean(@ForAll("pages") String html) {
        requireSafe(html);
    }

    /** What was found before it was mended, by hand or by the property above. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p><img src=a alt='<img src=x onerror=alert(1)>'>",
                "<p><img src=a alt='<a title=&quot;](b) ><img src=x onerror=alert(1)>'>",
                "<p><math alttext='<img src=x onerror=alert(1)>'><mi>x</mi></math>",
                "<p><math alttext='[x](javascript:alert(1))'><mi>x</mi></math>",
                "<p><math alttext='`'><mi>x</mi></math> <code>&lt;img src=x"
                        + " onerror=alert(1)></code>",
                "<p><code>a</code><code>x`&lt;img src=x onerror=alert(1)></code>",
                "<p><a href=/u title='<img src=x onerror=alert(1)>'>a\\ </a>",
                "<p><a href='/u?\\' title='<img src=x onerror=alert(1)>'>a</a>",
            })
    void whatWasFoundStaysMended(String html) {
        requireSafe(html);
    }

    private static void requireSafe(String html) {
        String markdown = Extraction.wholeMarkdown(html);
        String rendered = RENDERER.render(PARSER.parse(markdown));
        for (Node node : Jsoup.parseBodyFragment(rendered).body().childNodes()) {
            node.traverse((each, depth) -> requireMeant(each, html, markdown, rendered));
        }
    }

    private static void requireMeant(Node node, String html, String markdown, String rendered) {
        String all =
                "%s\n--- as Markdown\n%s\n--- rendered\n%s".formatted(html, markdown, rendered);
        assertThat(node).as(all).isNotInstanceOf(Comment.class);
        if (!(node instanceof Element element)) {
            assertThat(node).as(all).isInstanceOf(TextNode.class);
            return;
        }
        assertThat(element.normalName()).as(all).isIn(MEANT);
        for (Attribute attribute : element.attributes()) {
            assertThat(attribute.getKey()).as(all).isIn(ATTRIBUTES);
        }
        for (String name : List.of("href", "src")) {
            if (element.hasAttr(name)) {
                assertThat(element.attr(name).toLowerCase(Locale.ROOT))
                        .as(all)
                        .startsWith("http://");
            }
        }
    }

    @Provide
    Arbitrary<String> pages() {
        return node(3).list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts));
    }

    private Arbitrary<String> node(int depth) {
        Arbitrary<String> leaf =
                Arbitraries.oneOf(List.of(text(), image(), math(), code(), rule()));
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.oneOf(List.of(leaf, leaf, element(depth), link(depth)));
    }

    private Arbitrary<String> hostile() {
        return Arbitraries.of(PIECES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(it -> String.join("", it));
    }

    private Arbitrary<String> text() {
        return hostile().map(SafeMarkdownTest::escaped);
    }

    private Arbitrary<String> image() {
        return Combinators.combine(hostile(), hostile(), hostile())
                .as(
                        (alt, title, url) ->
                                "<img src=\"/i/%s\" alt=\"%s\" title=\"%s\">"
                                        .formatted(escaped(url), escaped(alt), escaped(title)));
    }

    private Arbitrary<String> math() {
        return hostile()
                .map(source -> "<math alttext=\"%s\"><mi>x</mi></math>".formatted(escaped(source)));
    }

    private Arbitrary<String> code() {
        return Combinators.combine(hostile(), hostile(), Arbitraries.of("code", "pre", "kbd"))
                .as(
                        (text, type, tag) ->
                                "<%s class=\"language-%s\">%s</%s>"
                                        .formatted(tag, escaped(type), escaped(text), tag));
    }

    private static Arbitrary<String> rule() {
        return Arbitraries.of("<br>", "<hr>", "<input type=checkbox>", " ");
    }

    private Arbitrary<String> element(int depth) {
        return Combinators.combine(
                        Arbitraries.of(TAGS),
                        Arbitraries.lazy(() -> node(depth - 1)).list().ofMaxSize(4))
                .as((tag, inside) -> "<%s>%s</%s>".formatted(tag, String.join("", inside), tag));
    }

    private Arbitrary<String> link(int depth) {
        return Combinators.combine(
                        hostile(),
                        hostile(),
                        Arbitraries.of("/", "/?", "/#", "mailto:"),
                        Arbitraries.lazy(() -> node(depth - 1)).list().ofMaxSize(3))
                .as(
                        (url, title, base, inside) ->
                                "<a href=\"%s%s\" title=\"%s\">%s</a>"
                                        .formatted(
                                                base.equals("mailto:") ? "/m" : base,
                                                escaped(url),
                                                escaped(title),
                                                String.join("", inside)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
