package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {

    /** The texts that are kept, where those that begin with "sure" surely are content. */
    private static List<String> kept(String html) {
        var outline =
                Outline.of(
                        Pages.of(html).body(),
                        word -> word == WordHash.ofName("promo") ? -3 : 0,
                        false,
                        Pages.effort());
        float[] odds = new float[outline.blocks.size()];
        boolean[] chosen = new boolean[odds.length];
        for (Block block : outline.blocks) {
            boolean sure = block.text().startsWith("sure");
            odds[block.index] = sure ? 2 : -2;
            chosen[block.index] = sure;
        }
        Span.keep(outline, odds, -1, chosen);
        var kept = new ArrayList<String>();
        for (Block block : outline.blocks) {
            if (chosen[block.index]) {
                kept.add(block.text());
            }
        }
        return kept;
    }

    @Test
    void whatStandsBetweenTheFirstAndTheLastIsKept() {
        assertThat(kept("<div><p>before<p>sure a<p>between<h2>head</h2><p>sure z<p>after</div>"))
                .containsExactly("sure a", "between", "head", "sure z");
    }

    @Test
    void aBoxBetweenThemIsNotKept() {
        assertThat(
                        kept(
                                "<div><p>sure a<div class=promo><p>buy</div><nav><p>go</nav>"
                                        + "<aside><p>by the way</aside><p>sure z</div>"))
                .containsExactly("sure a", "sure z");
    }

    @Test
    void aNoteIsNoBox() {
        assertThat(kept("<div><p>sure a<aside role=note><p>mind</aside><p>sure z</div>"))
                .containsExactly("sure a", "mind", "sure z");
    }

    @Test
    void ofAMainElementAllIsKept() {
        assertThat(kept("<p>out</p><main><p>first<p>sure a<p>sure z<p>last</main><p>out</p>"))
                .containsExactly("first", "sure a", "sure z", "last");
    }

    @Test
    void theTableRightBehindTheTextIsKept() {
        assertThat(kept("<div><p>sure a<p>sure z<table><tr><td>1<td>2</table><p>after</div>"))
                .containsExactly("sure a", "sure z", "1", "2");
    }

    @Test
    void aRowOfLinksIsNoText() {
        assertThat(kept("<div><p>sure a<p><a href=/x>one</a> <a href=/y>two</a><p>sure z</div>"))
                .containsExactly("sure a", "sure z");
    }

    @Test
    void whereNothingIsSureNothingIsKept() {
        assertThat(kept("<p>one<p>two")).isEmpty();
    }
}
