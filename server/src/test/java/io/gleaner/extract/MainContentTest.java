package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainContentTest {

    private static final String PROSE =
            "<p>%s</p>".formatted("A sentence of the article that says something. ".repeat(6));

    @Test
    void aManualPageGivesItsBodyWithoutTheNavigationAround() {
        assertThat(main(Extraction.resource("manual.html")))
                .startsWith("# Reading files\n\nThe functions here")
                .contains("```python\nwith open_all(\"a\") as f:\n    print(f.name)\n```")
                .contains("| Mode | Meaning |\n| --- | --- |\n| `r` | read |")
                .contains("`files.open_all(path, mode='r')`")
                .contains("[1]\n\nThe first note")
                .doesNotContain("previous", "Quick search", "Table of Contents", "¶", "Copyright");
    }

    @Test
    void anArticleIsFoundByItsProseWhereNothingIsNamed() {
        assertThat(main(Extraction.resource("article.html")))
                .startsWith("# The slow river")
                .contains("Third paragraph")
                .contains("![The river at dawn](http://h.example/img/river-1600.jpg)")
                .doesNotContain("Accept all", "Share on", "Home", "Imprint", "Read next");
    }

    @Test
    void aShopPageKeepsTheProductAndLosesTheMenu() {
        assertThat(main(Extraction.resource("shop.html")))
                .contains("# Kettle 2 l", "19.90\u00a0€", "- boils water\n- whistles")
                .contains("| Weight | 1.2 kg |")
                .doesNotContain("All categories", "cookies", "Newsletter", "Legal");
    }

    @Test
    void aPageThatIsAllNavigationIsNotEmpty() {
        assertThat(main("<nav><a href=/a>a</a> <a href=/b>b</a></nav>"))
                .isEqualTo("[a](http://h.example/a) [b](http://h.example/b)");
        assertThat(main("<main></main><footer>f</footer>")).isEqualTo("f");
    }

    @Test
    void aPageThatOnlySpeaksToReadersWithoutScriptsIsNotEmpty() {
        assertThat(
                        main(
                                "<div id=app></div><noscript>Turn scripts"
                                        + " on.</noscript><script>x</script>"))
                .isEqualTo("Turn scripts on.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<body style='display:none'>%s",
                "<body><div id=root style='visibility: hidden'><h1>River</h1>%s</div>",
                "<body><div hidden id=app>%s</div><script>show()</script>",
                "<body><p>Loading</p><div role=dialog hidden>Cookies</div><div style='opacity:0;"
                        + "visibility:hidden'>%s</div>",
            })
    void aPageThatHidesItselfUntilItsScriptsHaveRunIsShown(String page) {
        assertThat(main(page.formatted(PROSE))).contains("A sentence of the article");
        assertThat(Extraction.wholeMarkdown(page.replace("<p>Loading</p>", "").formatted(PROSE)))
                .contains("A sentence of the article");
    }

    @Test
    void whatIsHiddenOnAPageThatShowsSomethingStaysHidden() {
        String consent = "We and our 812 partners would like to keep cookies. ".repeat(12);
        String page =
                "<h1>Opening hours of the bakery</h1><p>Open daily from seven to six, Sundays until"
                        + " noon.</p><div id=consent style='display:none'>"
                        + consent
                        + "</div>";
        assertThat(main(page)).contains("Open daily").doesNotContain("812");
    }

    @Test
    void aPageWithNothingOnItIsEmpty() {
        assertThat(main("<title> A  *b* </title><body>")).isEmpty();
        assertThat(main("<html><frameset><frame src=a></frameset>")).isEmpty();
    }

    @Test
    void wrappersNamedLikeBoilerplateStayIfTheyHoldTheContent() {
        String html = "<div class='page-sidebar'><main>%s</main></div>".formatted(PROSE);
        assertThat(main(html)).startsWith("A sentence");
        assertThat(main("<div class=menu>%s</div>".formatted(PROSE))).startsWith("A sentence");
    }

    @Test
    void theTitleInsideAPageHeaderIsKept() {
        String html =
                "<header><nav>n</nav><h1>Title</h1><p>What the river did in spring, and why.</p></header><div>%s</div>"
                        .formatted(PROSE);
        assertThat(main(html)).startsWith("# Title\n\n").contains("A sentence");
    }

    @Test
    void aHeadingCalledMenuInTheContentIsNoMenu() {
        String html =
                "<main>" + PROSE + "<section id=menu><h2>Menu</h2>" + PROSE + "</section></main>";
        assertThat(main(html)).contains("## Menu\n\nA sentence");
    }

    @Test
    void includedElementsWinOverMainContentAndAreNotRepeated() {
        String html = "<main>%s</main><nav class=x>n<i class=x>m</i></nav>".formatted(PROSE);
        var spec = Extraction.spec(true, List.of(".x"), List.of());
        assertThat(Extraction.of(html, spec).content().markdown()).isEqualTo("n*m*");
        var none = Extraction.spec(true, List.of(".none"), List.of());
        assertThat(Extraction.of(html, none).content().markdown()).isEmpty();
    }

    @Test
    void excludedElementsAreLeftOutOfEveryProduct() {
        var spec = Extraction.spec(false, List.of("div", "p"), List.of(".no", "b"));
        var content =
                Extraction.of("<div>a<p class=no>b</p></div><p>c <b>d</b></p>", spec).content();
        assertThat(content.markdown()).isEqualTo("a\n\nc");
        assertThat(content.text()).isEqualTo("a\nc");
        assertThat(content.html()).isEqualTo("<div>a</div><p>c </p>");
    }

    private static String main(String html) {
        return Objects.requireNonNull(Extraction.main(html).content().markdown());
    }
}
