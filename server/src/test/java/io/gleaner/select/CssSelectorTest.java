package io.gleaner.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CssSelectorTest {

    private static final String PAGE =
            """
            <html lang=en><head><title>T</title><meta name=a content=b></head><body class="x y">
            <div id=one class=a><p>first <b>bold</b></p><!-- note --><p class=a>second</p></div>
            <div class=b><div><p title="Long">third</p>tail<div><b>deep</b></div></div></div>
            <ul><li>1</li><li class=a>2</li><li>3<ul><li>4</li></ul></li></ul><script>var b</script>
            <a href=/x>link</a><a href="http://h.example/y" rel=next>other</a><svg:path/><p></p>
            </body></html>
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "p",
                "P",
                "div p",
                "div > p",
                "p + p",
                "p ~ p",
                "div div > p",
                "#one",
                ".a",
                "div.a > p.a",
                "[href]",
                "[href^=http]",
                "[href$=y]",
                "[href*=x]",
                "[href~=x|y]",
                "[rel=next]",
                "[rel!=next]",
                "[^re]",
                "p:contains(second)",
                "p:containsOwn(first)",
                "p:matches(^th)",
                "p:matchesOwn(.*ird)",
                ":containsWholeText(deep)",
                ":containsWholeOwnText(tail)",
                "script:containsData(var)",
                "li:nth-child(2n+1)",
                "li:nth-last-child(1)",
                "li:nth-of-type(2)",
                "p:first-child",
                "p:last-of-type",
                "b:only-child",
                "b:only-of-type",
                "p:empty",
                ":root",
                ":root > body",
                "li:lt(1)",
                "li:gt(0)",
                "li:eq(1)",
                "div:has(p)",
                "div:has(> p)",
                "div:has(> p > b)",
                "p:has(+ p)",
                "div:has(~ ul)",
                "p:not(.a)",
                "div:not(:has(b))",
                ":is(p, li):not(.a)",
                "div:has(::comment)",
                "div:has(::comment:contains(note))",
                "div:has(::text:matches(ta))",
                "div, p",
                "p , li.a,b",
                "body *",
                "html body div div",
                "div ~ ul li",
                "*|path",
                "svg|path",
                "svg|*",
                "ul ul li",
                "div:has(p):has(b)",
                "body.x.y > *",
                "a[href]:not([rel])",
                "  p  ",
                "div  >  p",
                "p\\:x",
                "li:nth-child(odd)",
                "li:nth-child(-n+2)",
                ":blank",
                "::comment + p",
                "title, meta[name=a]",
                "div:not(.a, .b)",
                "div:is(.a)",
                ":not(p)"
            })
    void itMatchesWhatJsoupMatches(String css) {
        assertThat(ours(PAGE, css)).as(css).isEqualTo(jsoups(PAGE, css));
    }

    @Property(tries = 300)
    void itMatchesWhatJsoupMatchesOnAnyPage(
            @ForAll("pages") String page, @ForAll("selectors") String css) {
        assertThat(ours(page, css)).as("%s on %s", css, page).isEqualTo(jsoups(page, css));
    }

    @Test
    void siblingsInsideHasAreRelativeToWhatIsInside() {
        // jsoup looks at siblings of the element itself, too, and only if there are no commas.
        String page = "<i></i><div id=x></div><b></b><div id=y><i></i><b></b></div><u></u>";
        assertThat(ours(page, "div:has(i ~ b)")).containsExactly("div#y");
        assertThat(ours(page, "div:has(~ s, ~ b)")).containsExactly("div#x");
        assertThat(ours(page, "i:has(+ div + b)")).containsExactly("html > body > i");
        assertThat(ours(page, "div:has(~ div b)")).containsExactly("div#x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "p[",
                ")",
                "a >",
                "> > p",
                "p:nope",
                "p:has()",
                "p:has(b",
                "p:not()",
                "p::nope",
                ":matches([)",
                "p:contains",
                "#",
                ".",
                "p,,b",
                ",p",
                ":matchText",
                "a:nth-child(x)",
                "p)"
            })
    void whatIsNoSelectorIsRefused(String css) {
        assertThatIllegalArgumentException().isThrownBy(() -> CssSelector.parse(css));
    }

    @ParameterizedTest
    @ValueSource(strings = {":has(", ":is(", ":not("})
    void nestingIsBounded(String open) {
        assertThat(CssSelector.parse(nested(open, CssParser.NESTING_MAX))).isNotNull();
        assertThatExceptionOfType(RefusedExpressionException.class)
                .isThrownBy(() -> CssSelector.parse(nested(open, CssParser.NESTING_MAX + 1)))
                .withMessage("nested at most 8 deep (:has, :is, :not)");
    }

    @Test
    void regularExpressionsAreBounded() {
        for (String css :
                List.of("p:matches(%s)", "p:matchesOwn(%s)", "[a~=%s]", "::text:matches(%s)")) {
            assertThatExceptionOfType(RefusedExpressionException.class)
                    .isThrownBy(() -> CssSelector.parse(css.formatted("((a{100}){100}){100}")))
                    .withMessageStartingWith("smaller, with less repetition");
        }
    }

    @Test
    void relationsOverManySiblingsAndAncestorsTakeAStepEach() {
        String wide = "<p></p>".repeat(10_000);
        String deep = "<div>".repeat(400) + "<b>";
        assertThat(ours("<div>" + wide + "</div>", "x ~ p")).isEmpty();
        assertThat(ours(deep, "div div div div div div div div x b")).isEmpty();
    }

    private static String nested(String open, int depth) {
        return open.repeat(depth) + "b" + ")".repeat(depth);
    }

    @Provide
    Arbitrary<String> pages() {
        Arbitrary<String> tag =
                Arbitraries.of(
                        "<div>",
                        "</div>",
                        "<p class=a>",
                        "<b>",
                        "</b>",
                        "<ul><li>",
                        "text",
                        "<!--c-->");
        return tag.list().ofMinSize(1).ofMaxSize(30).map(tags -> String.join("", tags));
    }

    @Provide
    Arbitrary<String> selectors() {
        Arbitrary<String> simple =
                Arbitraries.of(
                        "div",
                        "p",
                        "b",
                        "li",
                        "*",
                        ".a",
                        ":first-child",
                        "p.a",
                        ":not(b)",
                        ":is(div, p)");
        Arbitrary<String> has =
                Combinators.combine(simple, simple, Arbitraries.of(" ", " > "))
                        .as((a, b, c) -> "div:has(" + a + c + b + ")");
        Arbitrary<String> part = Arbitraries.oneOf(simple, simple, has);
        return Combinators.combine(
                        part,
                        part,
                        part,
                        Arbitraries.of(" ", " > ", " + ", " ~ ", ", "),
                        Arbitraries.of(" ", " > ", " ~ "))
                .as((a, b, c, one, two) -> a + one + b + two + c);
    }

    private static List<String> ours(String page, String css) {
        var found = new ArrayList<String>();
        CssSelector.parse(css)
                .select(Jsoup.parse(page), Effort.small())
                .forEachRemaining(element -> found.add(name(element)));
        return found;
    }

    private static List<String> jsoups(String page, String css) {
        return Jsoup.parse(page).select(css).stream().map(CssSelectorTest::name).toList();
    }

    private static String name(Element element) {
        return element.id().isEmpty() && element.parent() != null
                ? element.parent().children().size() == 1 || element.parent().parent() == null
                        ? element.tagName()
                        : element.cssSelector()
                : element.tagName() + (element.id().isEmpty() ? "" : "#" + element.id());
    }
}
