package io.gleaner.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.select.Effort;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private static final String ARTICLE =
            """
            <article>
            <h2><a href="https://h.example/1?a&amp;b">One &amp; only</a></h2>
            <p>Ann</p>
            <p>%s</p>
            <div><p>Long <b>text</b></p></div>
            <p><a href="https://h.example/1.mp3">https://h.example/1.mp3</a></p>
            </article>
            """;

    @Test
    void rssIsAnArticleForEachItem() {
        assertThat(
                        html(
                                """
                                <?xml version="1.0"?>
                                <!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
                                <rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel>
                                <title>News</title><link>https://h.example/</link><description>All of it</description>
                                <item><media:title>no</media:title><title>One &amp; only</title>
                                <link>https://h.example/1?a&amp;b</link><dc:creator>Ann</dc:creator>
                                <pubDate>Tue, 01 Dec 2026 10:00:00 GMT</pubDate><description>Short</description>
                                <content:encoded><![CDATA[<p>Long <b>text</b></p>]]></content:encoded>
                                <enclosure url="https://h.example/1.mp3" type="audio/mpeg"/></item>
                                </channel></rss>
                                """,
                                "application/rss+xml"))
                .contains("<h1><a href=\"https://h.example/\">News</a></h1>\n<p>All of it</p>")
                .contains(ARTICLE.formatted("Tue, 01 Dec 2026 10:00:00 GMT"));
    }

    @Test
    void itemsOfRdfStandBesideTheChannel() {
        assertThat(
                        html(
                                """
                                <rdf:RDF xmlns:rdf="r"><channel><title>Old</title></channel>
                                <item><title>T</title><link>https://h.example/t</link></item></rdf:RDF>
                                """,
                                "text/xml"))
                .contains("<h2><a href=\"https://h.example/t\">T</a></h2>");
    }

    @Test
    void atomIsReadByItsLinksForPeople() {
        assertThat(
                        html(
                                """
                                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>News</title>
                                <link rel="self" href="https://h.example/feed"/><link href="https://h.example/"/>
                                <entry><title>One &amp; only</title><author><name>Ann</name></author>
                                <link rel="edit" href="https://h.example/edit"/>
                                <link rel="alternate" href="https://h.example/1?a&amp;b"/>
                                <link rel="enclosure" href="https://h.example/1.mp3"/>
                                <published>2026-12-01T10:00:00Z</published>
                                <content type="html">&lt;p&gt;Long &lt;b&gt;text&lt;/b&gt;&lt;/p&gt;</content></entry></feed>
                                """,
                                "application/atom+xml"))
                .contains("<html lang=\"de\">")
                .contains("<h1><a href=\"https://h.example/\">News</a></h1>")
                .contains(ARTICLE.formatted("2026-12-01T10:00:00Z"));
    }

    @Test
    void jsonFeedIsReadLikeTheOthers() {
        assertThat(
                        html(
                                """
                                {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [
                                 {"id": 1, "url": "https://h.example/1?a&b", "title": "One & only",
                                  "authors": [{"name": "Ann"}], "date_published": "2026-12-01T10:00:00Z",
                                  "content_html": "<p>Long <b>text</b></p>",
                                  "attachments": [{"url": "https://h.example/1.mp3"}]}]}
                                """,
                                "application/json"))
                .contains("<h1>News</h1>")
                .contains(ARTICLE.formatted("2026-12-01T10:00:00Z"));
    }

    @Test
    void whatIsNoFeedIsToldApart() {
        assertThat(FeedReader.html("<note><rss/></note>", "text/xml", Effort.small())).isEmpty();
        assertThat(FeedReader.html("{\"items\": []}", "application/json", Effort.small()))
                .isEmpty();
        assertThat(FeedReader.html("<rss><channel/></rss>", "text/plain", Effort.small()))
                .isEmpty();
        assertThat(
                        FeedReader.html(
                                "{\"a\": \"jsonfeed.org/version/1\", ",
                                "application/json",
                                Effort.small()))
                .isEmpty();
    }

    private static String html(String feed, String type) {
        return FeedReader.html(feed, type, Effort.small()).orElseThrow();
    }
}
