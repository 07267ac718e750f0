package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTest {

    private static final String TEXT =
            "<p>" + "one two three four five six seven ".repeat(6) + "</p>";

    /** Of the box, on a page whose other names say nothing. */
    private static float odds(String box, int texts) {
        String html = TEXT.repeat(texts) + box;
        var outline = Outline.of(Pages.of(html).body(), NamedTest::weight, false, Pages.effort());
        return Named.odds(outline, outline.blocks.size() - 1);
    }

    private static float weight(long word) {
        return word == WordHash.ofName("signup") || word == WordHash.ofName("letter") ? -3 : 0;
    }

    @ParameterizedTest
    @CsvSource({
        "<div class='signup letter'>By mail</div>, true",
        "<div class='signup letter'><div><p>By mail</p></div></div>, true",
        "<aside class=signup>By mail</aside>, true",
        "<div class=signup>By mail</div>, false",
        "<aside>By mail</aside>, false",
        "<div role=note class='signup letter'>By mail</div>, false",
        "<div class=other>By mail</div>, false",
    })
    void onlyNamesThatSpeakLoudlyCountAgainstABox(String box, boolean against) {
        assertThat(odds(box, 2) < 0).isEqualTo(against);
    }

    @Test
    void aPartThatHoldsMuchOfThePageIsNoBox() {
        assertThat(odds("<div class='signup letter'>" + TEXT + "</div>", 1)).isZero();
    }

    @Test
    void aPageOfManyWordsHasOtherEvidence() {
        assertThat(odds("<div class='signup letter'>By mail</div>", 12)).isZero();
    }
}
