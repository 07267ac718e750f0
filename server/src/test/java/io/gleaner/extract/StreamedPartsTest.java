package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages as React's server renderer streams them. */
class StreamedPartsTest {

    @Test
    void aPartThatWasStreamedBehindThePageStandsWhereItBelongs() {
        assertThat(
                        markdown(
                                """
                                <main><h1>Lamp</h1><!--$?--><template id="B:0"></template><p>Loading\
                                <!--$?--><i>soon</i><!--/$--></p>still<!--/$--><p>Afterwards</p></main>
                                <div hidden id="S:0"><p>It shines.</p><template id="P:1"></template></div>
                                <script>$RC=function(b,c){};$RC("B:0","S:0")</script>
                                <div hidden id="S:1"><p>And glows.</p></div>
                                <script>$RS("S:1","P:1")</script>
                                """))
                .isEqualTo("# Lamp\n\nIt shines.\n\nAnd glows.\n\nAfterwards");
    }

    @Test
    void aBoundaryWithinAPlaceholderDoesNotEndIt() {
        assertThat(
                        markdown(
                                """
                                <main><!--$?--><template id="B:a"></template><p>one</p><!--$--><p>two</p>\
                                <!--/$--><p>three</p><!--/$--><p>last</p></main>
                                <div hidden id="S:a"><p>first</p></div><script>$RC("B:a","S:a")</script>
                                """))
                .isEqualTo("first\n\nlast");
    }

    @Test
    void aPartWhosePlaceIsNotToldIsShownWhereItCame() {
        assertThat(markdown("<p>Head</p><div hidden id=\"S:7\"><p>Body</p></div>"))
                .isEqualTo("Head\n\nBody");
    }

    @Test
    void onlyWhatReactStreamsIsMoved() {
        assertThat(
                        markdown(
                                """
                                <p>Seen</p><template id="B:0"></template><div hidden id="S:menu">no</div>
                                <div hidden id="dialog">no</div><script>$RC("B:0","dialog")</script>
                                """))
                .isEqualTo("Seen");
    }

    @Test
    void aPartIsNotMovedIntoItself() {
        assertThat(
                        markdown(
                                """
                                <p>Head</p><div hidden id="S:0"><template id="B:0"></template><p>Body</p></div>
                                <script>$RC("B:0","S:0")</script>
                                """))
                .isEqualTo("Head\n\nBody");
    }

    @Test
    @Timeout(60)
    void partsInsidePartsAndLongPlaceholdersAreNoTrap() {
        var page = new StringBuilder("<p>Head</p><div><template id=B:0></template>");
        page.append("<i>x</i>".repeat(50_000)).append("</div>");
        for (int i = 0; i < 1_500; i++) {
            page.append(
                    "<div hidden id=\"S:%x\">%d<template id=\"B:%x\"></template></div>"
                            .formatted(i, i, i + 1));
        }
        page.append("<script>");
        for (int i = 0; i < 1_500; i++) {
            page.append("$RC(\"B:%x\",\"S:%x\");".formatted(i, i));
        }
        String markdown = markdown(page.append("</script>").toString());
        assertThat(markdown).startsWith("Head\n\n0").contains("1499").doesNotContain("x");
    }

    private static String markdown(String html) {
        return Objects.requireNonNull(Extraction.whole(html).content().markdown());
    }
}
