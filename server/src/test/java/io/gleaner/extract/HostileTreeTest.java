package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that nobody writes by accident: what ends them takes no time to speak of, or for ever. */
@Timeout(300)
class HostileTreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<i><b>",
                "<span>",
                "<blockquote>",
                "<ul><li>",
                "<ol><li>x",
                "<a href=x>",
                "<table><tr><td>",
                "<table><tr><td>x",
                "<pre>",
                "<code>",
                "<dl><dt>",
                "<h1><div>",
                "<article>",
                "<main>",
                "<nav>",
                "<font size=1>",
                "<svg><g>",
                "<q>",
                "<math><mi>",
                "<details><summary>",
                "<li>",
                "<p><del>",
                "<x-y>",
                "<select><option>"
            })
    void deepUnclosedTagsAreExtracted(String tag) {
        String html = "<p>first</p>" + tag.repeat(10_000) + "last";
        assertThat(Extraction.whole(html).content().markdown()).contains("first");
        assertThat(Extraction.main(html).content().markdown()).isNotEmpty();
    }

    @Test
    void twoHundredThousandDeepKeepsItsText() {
        var content = Extraction.main("<div>".repeat(200_000) + "word").content();
        assertThat(content.markdown()).isEqualTo("word");
        assertThat(content.text()).isEqualTo("word");
        assertThat(content.html()).contains("word");
    }

    @Test
    void textAtEveryDepthIsKeptInOrder() {
        var html = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            html.append("<div>w").append(i).append(' ');
        }
        String text = Extraction.wholeText(html.toString());
        assertThat(text.lines()).hasSize(5_000).startsWith("w0", "w1").endsWith("w4999");
    }

    @Test
    void manySiblingsOfOneKindAreChosenAmong() {
        String html = "<p>text</p>" + "<nav>n</nav>".repeat(100_000);
        assertThat(Extraction.main(html).content().markdown()).startsWith("text");
    }

    @Test
    void nestedQuotesDoNotGrowTheirPrefixWithoutEnd() {
        String html = "<blockquote>".repeat(400) + "<p>x</p>".repeat(1_000);
        assertThat(Extraction.whole(html).content().markdown()).hasSizeLessThan(200_000);
    }

    @Test
    void aLongAttributeIsTreatedAsAbsent() {
        String megabyte = "x".repeat(1_000_000);
        String html =
                "<a href='/%s' title='t'>a</a><img src='/%s' alt=''><p class='%s' style='%s'>b"
                        .formatted(megabyte, megabyte, megabyte, megabyte);
        var extracted = Extraction.whole(html);
        assertThat(extracted.content().markdown()).isEqualTo("a\n\nb");
        assertThat(extracted.content().html()).hasSizeLessThan(1_000);
        assertThat(extracted.outlinks()).isEmpty();
    }

    @Test
    void aLongBaseCannotMultiplyEveryLink() {
        var config =
                new ExtractConfig(512, 1_000_000, 1_000_000, 16_384, 100, 100, 100, 10_000_000, 1);
        String html =
                "<base href='http://b.example/%s/'>".formatted("x".repeat(10_000))
                        + "<p><a href=y>z</a></p>".repeat(10_000);
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(
                        () ->
                                new Extractor(config)
                                        .extract(
                                                html,
                                                Extraction.URL,
                                                ContentSpec.standard(),
                                                false))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("productCharsMax"));
    }

    @Test
    void tooManyNodesAreAFaultThatNamesItsLimit() {
        var config = new ExtractConfig(512, 100, 1_000, 100, 10, 10, 10, 10_000, 1);
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(
                        () ->
                                new Extractor(config)
                                        .extract(
                                                "<p>x".repeat(60),
                                                Extraction.URL,
                                                ContentSpec.standard(),
                                                false))
                .withMessage("the page is over the limit nodesMax = 100");
    }

    @Test
    void wideSpansCostNothing() {
        String html = "<table>" + "<tr><th colspan=1000 rowspan=65534>x<td>y".repeat(2_000);
        assertThat(Extraction.whole(html).content().markdown()).hasSizeLessThan(5_000_000);
    }

    @Test
    void selectorsSurviveDeepTrees() {
        // At the depth limit elements become siblings, so "y" stands beside the paragraph.
        String html = "<div>".repeat(20_000) + "<p class=a>x<b>y";
        var fields =
                Map.of(
                        "has", new FieldSpec("div:has(p)", null, null, false),
                        "contains", new FieldSpec("div:contains(y)", null, null, false),
                        "child", new FieldSpec("div > p", null, null, true),
                        "xpath", new FieldSpec(null, "//p[@class='a']", null, false),
                        "up", new FieldSpec(null, "//b/ancestor::div[1]", null, false));
        var values = Extraction.of(html, Extraction.fields(fields)).content().fields();
        assertThat(values)
                .containsEntry("has", "x y")
                .containsEntry("contains", "x y")
                .containsEntry("child", List.of("x"))
                .containsEntry("xpath", "x")
                .containsEntry("up", "x y");
    }

    @Test
    void aSlowPatternInASelectorIsNotSlow() {
        var slow = new FieldSpec("p:matches((a+)+$)", null, null, false);
        String html = "<p>" + "a".repeat(50_000) + "!</p>";
        var values = Extraction.of(html, Extraction.fields(Map.of("x", slow))).content().fields();
        assertThat(values).containsEntry("x", null);
    }
}
