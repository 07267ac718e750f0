package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden until a reader clicks. */
class PanelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div role=tabpanel hidden>%s</div>",
                "<div class='tab-pane fade' style='display: none'>%s</div>",
                "<div><h3><button aria-expanded=false>Size</button></h3><div hidden>%s</div></div>",
                "<button aria-controls=p>Size</button><div id=p style='display:none'>%s</div>",
                "<dl><dt><button aria-expanded=false>Size</button></dt><dd hidden>%s</dd></dl>",
                "<div class=q>How large is it?</div><div class=a style='display:none;'>%s</div>",
                "<h4>何cmですか？</h4><div style='display:none'>%s</div>",
            })
    void whatIsOneClickAwayIsContent(String page) {
        assertThat(markdown(page)).contains("It is two metres long.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p hidden>%s</p>",
                "<p>Seen</p><p style='display:none'>%s</p>",
                "<div class=a>Seen</div><div class=a style='display:none'>%s</div>",
                "<nav><button aria-expanded=false>All</button><div hidden>%s</div></nav>",
                "<button aria-expanded=false aria-haspopup=true>All</button><div hidden>%s</div>",
                "<button aria-expanded=false>All</button><div role=dialog hidden>%s</div>",
                "<button aria-expanded=false>All</button><div aria-modal=true hidden>%s</div>",
                "<button aria-controls=other>All</button><div id=p hidden>%s</div>",
                "<header><div>Lost?</div><div hidden>%s</div></header>",
                "<div>Seen;</div><div hidden>%s</div>",
                "<div role=tabpanel hidden><p hidden>%s</p></div>",
            })
    void whatIsHiddenOtherwiseIsNone(String page) {
        assertThat(markdown(page)).doesNotContain("two metres");
    }

    @Test
    void aButtonOverWhatItUnfoldsIsItsTitle() {
        assertThat(
                        markdown(
                                "<div><button aria-expanded=false>Size</button><div"
                                        + " hidden>%s</div></div>"))
                .isEqualTo("# Rope\n\nSize\n\nIt is two metres long.");
        assertThat(
                        markdown(
                                "<div><button aria-haspopup=true"
                                        + " aria-expanded=false>Size</button><div>%s</div></div>"))
                .isEqualTo("# Rope\n\nIt is two metres long.");
    }

    private static String markdown(String page) {
        String html = "<h1>Rope</h1>" + page.formatted("It is two metres long.");
        return Objects.requireNonNull(Extraction.whole(html).content().markdown());
    }
}
