package io.gleaner.xpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.select.Effort;
import io.gleaner.select.RefusedExpressionException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XPathSelectorTest {

    private static final String PAGE =
            """
            <html lang=en><head><title>T</title></head><body class="x y">
            <div id=one class=a><p>first <b>bold</b> rest</p><!-- note --><p class=a>second</p></div>
            <div class=b><div><p title="Long">third</p>tail<br>more<br>last<div><b>deep</b></div></div></div>
            <ul><li>1</li><li class=a>22</li><li>3<ul><li>4.5</li></ul></li></ul><script>var b</script>
            <table><tr><td>7</td><td>-8</td></tr><tr><td> 9 </td><td>x</td></tr></table>
            <a href=/x>link</a><a href="http://h.example/y" rel=next>other</a></body></html>
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//p",
                "//p/text()",
                "//*",
                "/",
                "/html",
                "/html/body/div",
                "body/div",
                ".",
                "..",
                "//b/..",
                "//comment()",
                "//node()",
                "//text()",
                "//p[1]",
                "(//p)[1]",
                "//p[last()]",
                "(//p)[last()]",
                "//li[position() > 1]",
                "//li[position() = last() - 1]",
                "//p[@class]",
                "//p[@class='a']",
                "//p[not(@class)]",
                "//div[p]",
                "//div[p and not(div)]",
                "//div[p or ul]",
                "//p[b = 'bold']",
                "//p[contains(., 'd')]",
                "//p[starts-with(., 'sec')]",
                "//*[@*]",
                "//a[@href][@rel]",
                "//a[contains(@href, 'example')]",
                "//div//b",
                "//div/descendant::b",
                "//b/ancestor::div",
                "//b/ancestor::*[1]",
                "//b/ancestor-or-self::b",
                "//br/following-sibling::text()[1]",
                "//br/preceding-sibling::text()[1]",
                "//p/following::b",
                "//ul/preceding::p",
                "//ul/preceding::*[2]",
                "//li/following-sibling::li[1]",
                "//p/following-sibling::*",
                "//b/preceding::node()",
                "//div | //p",
                "//p | //div | //b",
                "//li[. > 3]",
                "//li[. = 4.5]",
                "//td[. < 0]",
                "//td[number(.) = number(.)]",
                "//td[. + 1 = 10]",
                "//td[. * 2 = 14]",
                "//td[. div 7 = 1]",
                "//td[. mod 4 = 3]",
                "//td[-. = 8]",
                "//tr[sum(td) < 0]",
                "//tr[count(td) = 2]",
                "//li[string-length(.) = 2]",
                "//li[string-length() = 2]",
                "//p[normalize-space(.) = 'first bold rest']",
                "//p[translate(., 'abc', 'ABC') = 'seCond']",
                "//p[translate(., 'dn', 'D') = 'secoD']",
                "//p[substring(., 2, 3) = 'eco']",
                "//p[substring(., 1.5, 2.6) = 'eco']",
                "//p[substring(., 4) = 'ond']",
                "//p[substring-before(., 'o') = 'sec']",
                "//p[substring-after(., 'o') = 'nd']",
                "//p[concat(., '!', @class) = 'second!a']",
                "//*[name() = 'p']",
                "//*[local-name() = 'ul']",
                "//*[namespace-uri() = '']",
                "//li[floor(.) = 4]",
                "//li[ceiling(.) = 5]",
                "//li[round(.) = 5]",
                "//p[true()]",
                "//p[false()]",
                "//p[boolean(b)]",
                "//p[string(@title)]",
                "//p[position()]",
                "//p['x']",
                "//p['']",
                "//p[0]",
                "//a/@href",
                "//@class/..",
                "//div[@id = 'one']/p[2]",
                "//*[. = //b]",
                "//p[. != 'second']",
                "//li[. >= 22]",
                "//li[3 <= .]",
                "//body/*[self::div or self::ul]",
                "//div[count(.//p) > 1]",
                "//div[.//b]/p",
                "//p[b | @class]",
                "//*[string(number('x')) = 'NaN']",
                "//*[1 div 0 > 1][self::p]",
                "//*[string(0.5) = '0.5'][self::b]",
                "//*[string(1000000) = '1000000'][self::b]",
                "//p[(1 + 2) * 3 = 9]",
                "//p[1 + 2 * 3 = 7][1]",
                "//p[2 - 1 = 1]",
                "//*[@class = 'a' and position() = 1]",
                "//li[not(following-sibling::li)]",
                "//tr[2]/td[1]",
                "(//tr)[2]/td",
                "//tr/td[2]",
                "//*[@class='a' or @class='b'][1]",
                "//processing-instruction()",
                "//namespace::*",
                "self::node()",
                "//p[../@id]",
                "//div[p/b]",
                "//a[last()]/@href/..",
                "//p[(b)[1]]",
                "//div[*[1][self::p]]",
                "descendant::li[2]",
                "//li[string() = '1']",
                "//p[not(b = 'bold')]",
                "//p[b != b]",
                "//div[p = p]",
                "//li[. = ../../li]",
                "//td[. = true()]",
                "//p[@class = false()]"
            })
    void itSelectsWhatTheJdkSelects(String xpath) {
        assertThat(ours(PAGE, xpath)).as(xpath).isEqualTo(jdks(PAGE, xpath));
    }

    @Property(tries = 300)
    void itSelectsWhatTheJdkSelectsOnAnyPage(
            @ForAll("pages") String page, @ForAll("paths") String xpath) {
        assertThat(ours(page, xpath)).as("%s on %s", xpath, page).isEqualTo(jdks(page, xpath));
    }

    @Test
    void aPredicateThatIsANumberIsAPosition() {
        // The JDK rounds the one and takes every node for the other.
        assertThat(ours(PAGE, "//p[1.5]")).isEmpty();
        assertThat(ours(PAGE, "//p[number('1')]")).isEqualTo(ours(PAGE, "//p[1]"));
    }

    @Test
    void identifiersAndLanguagesAreThoseOfHtml() {
        assertThat(ours(PAGE, "id('one')/p[2]")).hasSize(1);
        assertThat(ours(PAGE, "//p[lang('EN')]")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//",
                "//div[",
                "//div]",
                "count(//p)",
                "'text'",
                "1",
                "//p[$x]",
                "//p[nope()]",
                "//p[x:y()]",
                "x:p",
                "java.lang.Runtime.getRuntime()",
                "//p[document('file:///etc/passwd')]",
                "//p[contains('a')]",
                "//p[count('a')]",
                "//p['a' | 'b']",
                "('a')/b",
                "'a'[1]",
                "//p[",
                "//p[1",
                "(//p",
                "//p)",
                "p q",
                "//p['x]",
                "nope::p",
                "//p[1 +]",
                "//@",
                "/ /",
                "//p[last(1)]",
                "a b",
                "//p!"
            })
    void whatSelectsNoNodesIsRefused(String xpath) {
        assertThatIllegalArgumentException().isThrownBy(() -> XPathSelector.parse(xpath));
    }

    @Test
    void nestingIsBounded() {
        assertThat(XPathSelector.parse(nested("//p[", "b", "]", Parser.NESTING_MAX - 1)))
                .isNotNull();
        for (String xpath :
                List.of(
                        nested("//p[", "b", "]", Parser.NESTING_MAX),
                        nested("(", "//p", ")", Parser.NESTING_MAX),
                        "//p[" + nested("not(", "b", ")", Parser.NESTING_MAX - 1) + "]")) {
            assertThatExceptionOfType(RefusedExpressionException.class)
                    .isThrownBy(() -> XPathSelector.parse(xpath))
                    .withMessage("nested at most 12 deep (predicates, functions, parentheses)");
        }
    }

    @Test
    void longExpressionsAreRead() {
        for (String operator : List.of("|", "or", "and", "+", "=")) {
            String many = "//p[" + "b %s ".formatted(operator).repeat(160) + "b]";
            assertThat(ours(PAGE, many)).isNotNull();
        }
        assertThat(ours(PAGE, "//p[" + "-".repeat(990) + "1]")).hasSize(2);
    }

    private static String nested(String open, String inside, String close, int depth) {
        return open.repeat(depth) + inside + close.repeat(depth);
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
                        "<!--c-->",
                        "7");
        return tag.list().ofMinSize(1).ofMaxSize(30).map(tags -> String.join("", tags));
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> axis =
                Arbitraries.of(
                        "",
                        "",
                        "descendant::",
                        "ancestor::",
                        "following::",
                        "preceding::",
                        "following-sibling::",
                        "preceding-sibling::",
                        "parent::",
                        "self::",
                        "descendant-or-self::",
                        "ancestor-or-self::");
        Arbitrary<String> test = Arbitraries.of("div", "p", "b", "li", "*", "node()", "text()");
        Arbitrary<String> predicate =
                Arbitraries.of(
                        "",
                        "",
                        "[1]",
                        "[2]",
                        "[last()]",
                        "[b]",
                        "[@class]",
                        "[position() > 1]",
                        "[. = 7]",
                        "[not(*)]");
        Arbitrary<String> step =
                Combinators.combine(axis, test, predicate).as((a, t, p) -> a + t + p);
        return Combinators.combine(
                        Arbitraries.of("//", "/html/body/", ""),
                        step,
                        Arbitraries.of("/", "//"),
                        step,
                        step)
                .as((start, one, slash, two, other) -> start + one + slash + two + " | //" + other);
    }

    private static List<String> ours(String page, String xpath) {
        var found = new ArrayList<Node>();
        XPathSelector.parse(xpath).select(parse(page), Effort.small()).forEachRemaining(found::add);
        return names(found);
    }

    private static List<String> jdks(String page, String xpath) {
        return names(parse(page).selectXpath(xpath, Node.class));
    }

    /**
     * The JDK takes texts that stand side by side for one; here each is a node, and none is lost.
     */
    private static Document parse(String page) {
        var document = Jsoup.parse(page);
        for (var text : document.selectNodes("::text", TextNode.class)) {
            if (text.previousSibling() instanceof TextNode before) {
                text.text(before.getWholeText() + text.getWholeText());
                before.remove();
            }
        }
        return document;
    }

    /** The JDK's tree has no document node of jsoup's. */
    private static List<String> names(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.parentNode() != null)
                .map(XPathSelectorTest::name)
                .toList();
    }

    private static String name(Node node) {
        var path = new StringBuilder();
        for (Node at = node; at.parentNode() != null; at = at.parentNode()) {
            path.insert(0, "/" + at.nodeName() + at.siblingIndex());
        }
        return path.toString();
    }
}
