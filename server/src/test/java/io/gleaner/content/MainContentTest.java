package io.gleaner.content;

import static io.gleaner.content.Pages.PARAGRAPH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MainContentTest {

    private static final String NAVIGATION =
            "<nav class=menu><ul><li><a href=/a>Home</a><li><a href=/b>News</a></ul></nav>";
    private static final String FOOTER =
            "<footer class=footer><p>Copyright 2026</p><a href=/i>Imprint</a></footer>";

    private static List<String> taken(String html) {
        return Pages.main(html).explain().stream()
                .filter(MainContent.Judged::taken)
                .map(MainContent.Judged::text)
                .toList();
    }

    private static String page(String content) {
        return "<title>The river</title>" + NAVIGATION + content + FOOTER;
    }

    @Test
    void theProseIsTakenAndWhatIsAroundIsNot() {
        assertThat(
                        taken(
                                page(
                                        "<article><h1>The river</h1>"
                                                + PARAGRAPH
                                                + PARAGRAPH
                                                + "</article>")))
                .startsWith("The river")
                .hasSize(3)
                .doesNotContain("Home", "News", "Imprint");
    }

    @Test
    void contentInSeveralRegionsIsTaken() {
        String part = "<div class=entry>" + PARAGRAPH + "</div>";
        assertThat(
                        taken(
                                page(
                                        "<h1>The river</h1>"
                                                + part
                                                + "<div class=ad><a href=/x>Buy boats</a></div>"
                                                + part)))
                .hasSize(3);
    }

    @Test
    void wordsOfNamesAreNoVerdicts() {
        String section = "<section class='share-prices'><h2>Prices</h2>" + PARAGRAPH + "</section>";
        assertThat(taken(page("<main><h1>The river</h1>" + PARAGRAPH + section + "</main>")))
                .contains("Prices")
                .hasSize(4);
    }

    @Test
    void hiddenTextDoesNotCount() {
        String hidden = "<div style='display:none'>" + PARAGRAPH.repeat(9) + "</div>";
        assertThat(taken(page(hidden + "<article><h1>The river</h1>" + PARAGRAPH + "</article>")))
                .hasSize(2);
    }

    @Test
    void whatOnlyANoscriptSaysIsTaken() {
        assertThat(taken("<div id=app></div><noscript><h1>A</h1>" + PARAGRAPH + "</noscript>"))
                .hasSize(2);
    }

    @Test
    void aTableOfDataIsTakenAsAWhole() {
        String table =
                "<table><tr><th>Depth</th><td>2 m</td></tr><tr><th>Width</th><td>40"
                        + " m</td></tr></table>";
        List<String> taken =
                taken(
                        page(
                                "<article><h1>The river</h1>"
                                        + PARAGRAPH
                                        + table
                                        + PARAGRAPH
                                        + "</article>"));
        assertThat(
                        taken.containsAll(List.of("Depth", "2 m", "Width", "40 m"))
                                || taken.stream()
                                        .noneMatch(List.of("Depth", "2 m", "Width")::contains))
                .isTrue();
    }

    @Test
    void aRowThatTurnsPagesIsNavigationInAnyLanguage() {
        String row =
                "<table><tr><td><a rel=prev href=/a>Zurück</a></td><th>Die Flüsse</th>"
                        + "<td><a rel=next href=/b>Weiter</a></td></tr></table>";
        assertThat(taken(row + "<div><h1>The river</h1>" + PARAGRAPH + "</div>" + row))
                .containsExactly("The river", Pages.SENTENCE.repeat(5).strip());
    }

    @Test
    void aPageWithoutWordsHasNoType() {
        assertThat(Pages.main("<img src=x>").type()).isEmpty();
        assertThat(Pages.main(page("<article>" + PARAGRAPH.repeat(4) + "</article>")).type())
                .isPresent();
    }

    @Test
    void theSamePageIsJudgedTheSame() {
        String html = page("<article><h1>The river</h1>" + PARAGRAPH.repeat(3) + "</article>");
        assertThat(Pages.main(html).explain()).isEqualTo(Pages.main(html).explain());
    }

    @Test
    @Timeout(60)
    void deepAndWidePagesAreJudged() {
        assertThat(taken("<div>".repeat(10_000) + PARAGRAPH)).hasSize(1);
        assertThat(Pages.main("<table><tr><td>a".repeat(40_000)).explain()).hasSize(40_000);
        assertThat(Pages.main("<p><a href=/>a</a></p>".repeat(100_000)).explain()).hasSize(100_000);
    }
}
