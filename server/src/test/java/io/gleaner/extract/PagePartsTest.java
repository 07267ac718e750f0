package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links, images, metadata, fields, clean HTML, text and what is not parsed. */
class PagePartsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "x.html           | http://h.example/d/x.html",
                "../x             | http://h.example/x",
                "../../../x/./y/..| http://h.example/x/",
                "/a?b=c&d#e       | http://h.example/a?b=c&d",
                "?q=1             | http://h.example/d/p.html?q=1",
                "//o.example      | http://o.example/",
                "HTTPS://o.example/A | https://o.example/A",
                "` /a b\n`        | http://h.example/a%20b",
                "/ü?ü             | http://h.example/%C3%BC?%C3%BC",
                "\\a\\b           | http://h.example/a/b",
                "/%zz%20          | http://h.example/%zz%20",
                "http://          | null",
                "http:///x        | http://x/",
                "///o.example/a   | http://o.example/a",
                "http:/x          | http://h.example/x",
                "http:x           | http://h.example/d/x",
                "https:/o.example/x | https://o.example/x",
                "https:o.example  | https://o.example/",
                "`/a\tb\nc`        | http://h.example/abc",
                "http:\\\\o.example\\a | http://o.example/a",
                "http://a b/      | null",
                "javascript:x     | null",
                "mailto:a@b       | null",
                "data:,x          | null",
                "ftp://h/x        | null",
                "#top             | null",
            })
    void aReferenceBecomesAnOutlink(String reference, String url) {
        var outlinks = Extraction.whole("<a href=\"%s\">x</a>".formatted(reference)).outlinks();
        assertThat(outlinks).isEqualTo(url == null ? List.of() : List.of(url));
    }

    @Test
    void outlinksComeFromTheWholeDocumentOnceAndInOrder() {
        var extracted =
                Extraction.main(
                        """
                        <base href="/b/"><base href="/c/"><link rel="foo Next" href="n">
                        <nav><a href="1#x">1</a></nav><main><a href="2">2</a><a href="1">1</a></main>
                        <iframe src="3"></iframe><map><area href="4"></map><link href=5 rel=stylesheet>
                        <div hidden><a href=6>6</a></div><template><a href=7>7</a></template>
                        """);
        assertThat(extracted.outlinks())
                .containsExactly(urls("/b/n", "/b/1", "/b/2", "/b/3", "/b/4", "/b/6"));
        assertThat(extracted.content().links())
                .containsExactly(urls("/b/1", "/b/2", "/b/4", "/b/6"));
    }

    @Test
    void outlinksAreBounded() {
        var config = new ExtractConfig(512, 10_000, 10_000, 100, 2, 1, 1, 100_000, 1);
        var extracted =
                new Extractor(config)
                        .extract(
                                "<a href=1></a><a href=2></a><a href=3></a><img src=1><img src=2>",
                                Extraction.URL,
                                Extraction.spec(false, List.of(), List.of()),
                                true);
        assertThat(extracted.outlinks()).containsExactly(urls("/d/1", "/d/2"));
        assertThat(extracted.content().images()).containsExactly(urls("/d/1"));
    }

    @Test
    void imagesAreFoundWhereverPagesKeepThem() {
        var images =
                Extraction.main(
                                """
                                <img src=a.png><img src=data:x data-src=b.png>
                                <img src=c.png srcset="c1.png 1x, c2,3.png 2.5x, c4.png 2x">
                                <picture><source srcset="d.webp 100w, e.webp 900w"><img src=f.png>
                                </picture><video><source src=v.mp4 srcset=x></video>
                                """)
                        .content()
                        .images();
        assertThat(images)
                .containsExactly(
                        urls(
                                "/d/a.png",
                                "/d/b.png",
                                "/d/c.png",
                                "/d/c2,3.png",
                                "/d/e.webp",
                                "/d/f.png"));
    }

    @Test
    void metadataIsWhatThePageSaysAboutItself() {
        var metadata =
                Extraction.main(
                                """
                                <html lang=en><title> A
                                page</title><meta name=Description content=" d  e ">
                                <link rel=canonical href="/c"><link rel="shortcut icon" href=/f.ico>
                                <meta property=og:title content=T><meta property=og:image content=/i.png>
                                <meta property=article:published_time content=2026-01-02>
                                <meta name=author content=Me><meta name=keywords content=""><svg><title>no</title></svg>
                                """)
                        .content()
                        .metadata();
        assertThat(metadata)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "title", "A page",
                                "description", "d e",
                                "language", "en",
                                "canonical", "http://h.example/c",
                                "favicon", "http://h.example/f.ico",
                                "ogTitle", "T",
                                "ogImage", "http://h.example/i.png",
                                "publishedTime", "2026-01-02",
                                "author", "Me"));
    }

    @Test
    void aMissingTitleIsTakenFromOpenGraphOrTheHeading() {
        assertThat(title("<meta property=og:title content=T><h1>H</h1>")).isEqualTo("T");
        assertThat(title("<title></title><h1>H <b>i</b></h1>")).isEqualTo("H i");
        assertThat(Extraction.main("<p>x").content().metadata())
                .containsOnlyKeys("pageType", "wordCount", "contentHash");
        assertThat(Extraction.main("<p> ").content().metadata()).isEmpty();
    }

    @Test
    void fieldsAreTakenByCssAndByXpath() {
        var fields =
                Map.of(
                        "first", new FieldSpec("p", null, null, false),
                        "every", new FieldSpec("p", null, null, true),
                        "href", new FieldSpec("a", null, "href", false),
                        "class", new FieldSpec(null, "//p", "class", true),
                        "node", new FieldSpec(null, "//p/text()", null, false),
                        "none", new FieldSpec("h1", null, null, false),
                        "noneOfAll", new FieldSpec("h1", null, null, true),
                        "noAttribute", new FieldSpec("p", null, "id", false));
        String html = "<p> a  <b>b</b></p><p class=k>c</p><a href=x>y</a>";
        var values = Extraction.of(html, Extraction.fields(fields)).content().fields();
        assertThat(values)
                .containsEntry("first", "a b")
                .containsEntry("every", List.of("a b", "c"))
                .containsEntry("href", "http://h.example/d/x")
                .containsEntry("class", List.of("k"))
                .containsEntry("node", "a")
                .containsEntry("none", null)
                .containsEntry("noneOfAll", List.of())
                .containsEntry("noAttribute", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "5; url=/x         | 5 | http://h.example/x",
                "0;URL='/x'        | 0 | http://h.example/x",
                "1.5 , url = /x    | 1 | http://h.example/x",
                "3 /x              | 3 | http://h.example/x",
                "5                 | 0 | null",
                "5; url=p.html#a   | 0 | null",
                "5; url=javascript:x | 0 | null",
                "x; url=/x         | 0 | null",
                ".5;/x             | 0 | http://h.example/x",
                "` 0 ;\tURL =/x`   | 0 | http://h.example/x",
                "0, url='/x'; y    | 0 | http://h.example/x",
                "0;'/x             | 0 | http://h.example/x",
                "0;url             | 0 | http://h.example/d/url",
                "0;u=/x            | 0 | http://h.example/d/u=/x",
                "0;url=''          | 0 | null",
                "0url=/x           | 0 | null",
                "0x;/x             | 0 | null",
                "-1;/x             | 0 | null",
                "12345678901;/x    | 123456789 | http://h.example/x",
                "0;url=//o.example/\u00e9 | 0 | http://o.example/%C3%A9",
            })
    void aRefreshLeadsOnFromAHeaderAsFromAnElement(String value, long seconds, String url) {
        Refresh expected = url == null ? null : new Refresh(Duration.ofSeconds(seconds), url);
        assertThat(
                        Extraction.main("<meta http-equiv=Refresh content=\"%s\">".formatted(value))
                                .refresh())
                .isEqualTo(expected);
        assertThat(Refresh.ofHeader(value, URI.create("http://h.example/d/p.html")))
                .isEqualTo(expected);
    }

    @Test
    void cleanHtmlRunsNothing() {
        String html =
                """
                <p onclick=x() style="color:red" class=k>a &lt;b&gt;<script>x</script><!-- c -->
                <a href="javascript:x">y</a><a href="/z" title='"'>z</a><img src=i.png srcset=j.png onerror=x>\
                <br><iframe src=/f></iframe></p>\
                """;
        assertThat(Extraction.whole(html).content().html())
                .isEqualTo(
                        """
                        <p class="k">a &lt;b&gt;
                        <a>y</a><a href="http://h.example/z" title="&quot;">z</a>\
                        <img src="http://h.example/d/i.png"><br></p>\
                        """);
    }

    @Test
    void textHasALineForEachBlock() {
        String html =
                "<h1>a  b</h1><p>c<br>d<p>e<table><tr><td>f<td>g<tr><td>h</table><pre> i\n\n"
                        + "  j</pre>";
        assertThat(Extraction.wholeText(html)).isEqualTo("a b\nc\nd\ne\nf\tg\nh\n i\n  j");
    }

    @Test
    void whatIsNotAskedForIsNotMade() {
        var none =
                new ContentSpec(EnumSet.noneOf(Format.class), Map.of(), true, List.of(), List.of());
        var extracted =
                Extraction.EXTRACTOR.extract("<a href=x>x</a>", Extraction.URL, none, false);
        assertThat(extracted.outlinks()).isEmpty();
        assertThat(extracted.content()).hasAllNullFieldsOrProperties();
        assertThat(Extraction.whole("<p>x").content().rawHtml()).isEqualTo("<p>x");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,HTML",
        "TEXT/HTML; charset=x,HTML",
        "application/xhtml+xml,XHTML",
        "text/plain,TEXT",
        "application/json,TEXT",
        "application/feed+json,TEXT",
        "application/rss+xml,TEXT",
        "text/csv,TEXT",
        "image/svg+xml,NONE",
        "image/png,NONE",
        "application/pdf,PDF",
        "application/octet-stream,NONE",
        "'',NONE"
    })
    void aMediaTypeSaysWhetherItIsParsed(String mediaType, Parsing parsing) {
        assertThat(Extractor.parsing(mediaType)).isEqualTo(parsing);
    }

    @Test
    void aTextDocumentIsKeptAsItIs() {
        var spec = Extraction.spec(true, List.of(), List.of());
        var url = URI.create("http://h.example/a/data.json");
        var content =
                Extraction.EXTRACTOR
                        .extractText("{\"a\": \"<b>\"}", "application/json", url, spec)
                        .content();
        assertThat(content.markdown()).isEqualTo("{\"a\": \"<b>\"}");
        assertThat(content.html()).isEqualTo("<pre>{\"a\": \"&lt;b>\"}</pre>");
        assertThat(content.metadata()).isEqualTo(Map.of("title", "data.json"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Extraction.EXTRACTOR.extractText("", "image/png", url, spec))
                .withMessage("mediaType must be one of text: image/png");
    }

    private static String title(String html) {
        return Objects.requireNonNull(Extraction.main(html).content().metadata())
                .getOrDefault("title", "");
    }

    private static String[] urls(String... paths) {
        return Arrays.stream(paths).map(path -> "http://h.example" + path).toArray(String[]::new);
    }
}
