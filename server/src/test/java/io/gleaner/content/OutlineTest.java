package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static List<String> blocks(String html) {
        return Pages.outline(html).blocks.stream().map(Block::text).toList();
    }

    @Test
    void aBlockIsARunOfTextOnLinesOfItsOwn() {
        assertThat(blocks("<div>a <b>b</b><p>c</p> d <a href=/>e</a></div><ul><li>f<li>g</ul>"))
                .containsExactly("a b", "c", "d e", "f", "g");
    }

    @Test
    void whatAReaderDoesNotSeeIsNone() {
        assertThat(
                        blocks(
                                "<p hidden>a</p><p style='display:none'>b</p><script>c</script>"
                                        + "<button>d</button><select><option>e</select><p>f</p>"))
                .containsExactly("f");
    }

    @Test
    void customElementsPartTheTextAndPhrasesDoNot() {
        assertThat(blocks("<p>a<my-box>b</my-box>c<math><mi>x</mi></math></p>"))
                .containsExactly("a", "b", "cx");
    }

    @Test
    void anAreaKnowsWhatStandsInItAndWhatIsLikeIt() {
        Outline outline =
                Pages.outline(
                        "<ul><li class=x><a href=/>one two</a></li><li class=x>three</li></ul>");
        Area list = Objects.requireNonNull(outline.blocks.getFirst().area.parent);
        assertThat(list.words).isEqualTo(3);
        assertThat(list.blocks()).isEqualTo(2);
        assertThat(list.linkChars).isEqualTo(6);
        assertThat(outline.blocks.getFirst().area.likes.units).isEqualTo(2);
    }

    @Test
    void aTableWithATableInsidePlacesThings() {
        Outline outline =
                Pages.outline(
                        "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>");
        assertThat(
                        outline.areas.stream()
                                .filter(area -> area.element.normalName().equals("table"))
                                .map(area -> area.placesTables))
                .containsExactly(true, false);
    }
}
