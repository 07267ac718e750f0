package io.gleaner.again;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import io.gleaner.job.PageContent;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkdownDiffTest {

    @Test
    void takesAwayBeforeItAdds() {
        assertThat(MarkdownDiff.of("a\nb\nc\n", "a\nB\nX\nc\n"))
                .isEqualTo("--- before\n+++ now\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n+X\n c\n");
    }

    @Test
    void saysNothingWhereNothingIsOtherOrNothingIsKept() {
        assertThat(MarkdownDiff.of("a", "a")).isNull();
        assertThat(MarkdownDiff.of("a", null)).isNull();
        assertThat(MarkdownDiff.of(null, "a")).isNull();
    }

    @Test
    void whatIsTooLongToCompareIsNotTold() {
        String line = "x\n";
        assertThat(MarkdownDiff.of(line.repeat(MarkdownDiff.LINES_MAX), "y")).isNull();
        assertThat(MarkdownDiff.of("x".repeat(MarkdownDiff.CHARS_MAX), "y")).isNull();
    }

    @Property(tries = 300)
    void whoeverHasTheOldAndTheDiffHasTheNew(
            @ForAll("texts") List<String> before, @ForAll("texts") List<String> now)
            throws PatchFailedException {
        String diff = MarkdownDiff.of(String.join("\n", before), String.join("\n", now));
        List<String> old = String.join("\n", before).lines().toList();
        List<String> patched =
                diff == null
                        ? old
                        : UnifiedDiffUtils.parseUnifiedDiff(diff.lines().toList()).applyTo(old);

        assertThat(patched).isEqualTo(String.join("\n", now).lines().toList());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "-- c", "++ d", "@@ -1,2 +1,2 @@", "\\ e", "")
                .list()
                .ofMaxSize(30);
    }

    @Test
    void pagesThatSayTheSameHaveTheSameHash() {
        assertThat(ContentHash.of(page("text", "<p>1")))
                .isEqualTo(ContentHash.of(page("text", "<p>2")))
                .isNotEqualTo(ContentHash.of(page("other", "<p>1")));
        assertThat(ContentHash.of(page(null, "<p>1")))
                .isNotEqualTo(ContentHash.of(page(null, "<p>2")));
    }

    private static PageContent page(@Nullable String markdown, String html) {
        return new PageContent(
                markdown, html, null, null, null, null, null, Map.of("title", html), null);
    }
}
