package io.gleaner.frontier;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitemapsTest {

    private static final URI URL = URI.create("https://a.example/sub/sitemap.xml");
    private static final String URLSET =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
              <url><loc> https://a.example/one </loc><lastmod>2024-01-01</lastmod></url>
              <url><loc>https://b.example/ü?a=1&amp;b=|</loc></url>
              <url><loc>https://a.example/one</loc></url>
              <url></url>
            </urlset>
            """;

    @Test
    void urlsAreThoseOfTheFileEachOnce() {
        var content = parse(URLSET);
        assertThat(content.urls())
                .containsExactly("https://a.example/one", "https://b.example/ü?a=1&b=|");
        assertThat(content.children()).isEmpty();
        assertThat(content.problem()).isNull();
    }

    @Test
    void gzipBomAndOtherEncodingsAreUnderstood() throws IOException {
        var expected = parse(URLSET);
        assertThat(Sitemaps.parse(gzip(URLSET.getBytes(UTF_8)), "application/gzip", URL))
                .isEqualTo(expected);
        assertThat(parse("\uFEFF \n" + URLSET)).isEqualTo(expected);
        var utf16 = URLSET.replace("UTF-8", "UTF-16").getBytes(UTF_16);
        assertThat(Sitemaps.parse(utf16, "text/xml", URL)).isEqualTo(expected);
        assertThat(parse(URLSET.replace("http://www.sitemaps.org/schemas/sitemap/0.9", "x")))
                .isEqualTo(expected);
    }

    @Test
    void extensionsAreNoPages() {
        var content =
                parse(
                        """
                        <sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9"
                            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
                          <sm:url><sm:loc>https://a.example/one</sm:loc>
                            <image:image><image:loc>https://a.example/1.png</image:loc></image:image>
                            <image:loc>https://a.example/2.png</image:loc>
                            <image xmlns="x"><loc>https://a.example/3.png</loc></image>
                            <undeclared:loc>https://a.example/4.png</undeclared:loc>
                            <loc>https://a.example/5.png</loc></sm:url>
                        </sm:urlset>
                        """);
        assertThat(content.urls()).containsExactly("https://a.example/one");
        assertThat(content.problem()).isNull();
    }

    @Test
    void bareAmpersandIsRead() {
        var content =
                parse(
                        """
                        <urlset><url><loc>https://a.example/?a=1&b=2&amp;c=3&copy=4&#38;d</loc></url>
                        <url><loc><![CDATA[https://a.example/?e=5&amp;f]]></loc></url>
                        <url><loc>https://a.example/?g&</loc></url></urlset>
                        """);
        assertThat(content.urls())
                .containsExactly(
                        "https://a.example/?a=1&b=2&c=3&copy=4&d",
                        "https://a.example/?e=5&amp;f",
                        "https://a.example/?g&");
        assertThat(content.problem()).isNull();
    }

    @Test
    void documentTypeIsSkipped() {
        var content =
                parse(
                        """
                        <?xml version="1.0"?>
                        <!DOCTYPE urlset PUBLIC "-//X//Y" "http://127.0.0.1:1/sitemap.dtd" [
                          <!ENTITY x "https://a.example/entity"> <!ELEMENT loc (#PCDATA)>]>
                        <urlset><url><loc>https://a.example/one</loc></url>
                        <url><loc>&x;</loc></url></urlset>
                        """);
        assertThat(content.urls()).containsExactly("https://a.example/one");
    }

    @Test
    void indexListsChildren() {
        var content =
                parse(
                        """
                        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                          <sitemap><loc>https://a.example/1.xml.gz</loc></sitemap>
                          <sitemap><loc>ftp://a.example/2.xml</loc></sitemap>
                          <sitemap><loc>https://a.example/3 x.xml</loc></sitemap>
                        </sitemapindex>
                        """);
        assertThat(content.urls()).isEmpty();
        assertThat(content.children())
                .containsExactly(
                        URI.create("https://a.example/1.xml.gz"),
                        URI.create("https://a.example/3%20x.xml"));
    }

    @Test
    void feedsAndTextCountToo() {
        assertThat(
                        parse(
                                        """
                                        <rss version="2.0"><channel><link>https://a.example/</link>
                                        <item><link>https://a.example/item</link></item>
                                        </channel></rss>
                                        """)
                                .urls())
                .contains("https://a.example/item");
        assertThat(
                        parse(
                                        """
                                        <feed xmlns="http://www.w3.org/2005/Atom">
                                        <entry><link href="https://a.example/entry"/></entry></feed>
                                        """)
                                .urls())
                .contains("https://a.example/entry");
        var text = "https://a.example/1\r\nhttp://a.example/2\n\nnonsense\nhttps://a.example/1";
        assertThat(Sitemaps.parse(text.getBytes(UTF_8), "text/plain", URL).urls())
                .containsExactly("https://a.example/1", "http://a.example/2");
    }

    @Test
    void whatIsNoSitemapIsEmptyWithAReason() {
        assertNothing(parse(""));
        assertNothing(parse("no address"));
        assertNothing(parse("<html><body><a href='https://a.example/'>x</a></body></html>"));
        assertNothing(parse("<!DOCTYPE html><html></html>"));
        assertNothing(parse("<"));
        assertNothing(Sitemaps.parse("https://a.example/".getBytes(UTF_8), "text/html", URL));
        assertNothing(Sitemaps.parse(new byte[] {0x1F, (byte) 0x8B, 0, 0}, "x", URL));
        assertNothing(Sitemaps.parse(new byte[] {0x1F, (byte) 0x8B}, "x", URL));
    }

    @Test
    void brokenFileListsWhatCameBefore() {
        assertThat(parse(URLSET.substring(0, URLSET.indexOf("<url></url>"))).urls()).hasSize(2);
    }

    @Test
    void externalEntitiesAreNeverLoaded(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "https://a.example/secret");
        var hits = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    hits.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            var web = "http://127.0.0.1:" + server.getAddress().getPort();
            var doctypes =
                    new String[] {
                        "<!DOCTYPE urlset [<!ENTITY x SYSTEM '%s'>]>".formatted(secret.toUri()),
                        "<!DOCTYPE urlset [<!ENTITY x SYSTEM '%s/x'>]>".formatted(web),
                        "<!DOCTYPE urlset [<!ENTITY %% x SYSTEM '%s/x'> %%x;]>".formatted(web),
                        "<!DOCTYPE urlset SYSTEM '%s/x.dtd'>".formatted(web),
                    };
            for (var doctype : doctypes) {
                var content = parse(doctype + "<urlset><url><loc>&x;</loc></url></urlset>");
                assertNothing(content);
            }
            var included =
                    parse(
                            "<urlset"
                                + " xmlns:xi='http://www.w3.org/2001/XInclude'><url><loc><xi:include"
                                    + " parse='text' href='%s'/></loc></url></urlset>"
                                            .formatted(secret.toUri()));
            assertThat(included.urls()).isEmpty();
        } finally {
            server.stop(0);
        }
        assertThat(hits).hasValue(0);
    }

    @Test
    void billionLaughsAreRefused() {
        var bomb = new StringBuilder("<!DOCTYPE urlset [<!ENTITY l0 'https://a.example/'>");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY l%d '%s'>".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
        }
        bomb.append("]><urlset><url><loc>&l9;</loc></url></urlset>");
        assertNothing(parse(bomb.toString()));
    }

    @Test
    void entriesAreBounded() {
        var entries =
                IntStream.range(0, 60_000)
                        .mapToObj("<url><loc>https://a.example/%d</loc></url>"::formatted)
                        .collect(Collectors.joining());
        var content = parse("<urlset>" + entries + "</urlset>");
        assertThat(content.urls()).hasSize(Sitemaps.ENTRIES_MAX).doesNotHaveDuplicates();
        assertThat(content.problem()).contains("over 50000 entries");
        var text =
                IntStream.range(0, 60_000)
                        .mapToObj("https://a.example/%d\n"::formatted)
                        .collect(Collectors.joining());
        assertThat(parse(text).urls()).hasSize(Sitemaps.ENTRIES_MAX);
    }

    @Test
    void decompressionIsBounded() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("https://a.example/1\n".getBytes(UTF_8));
            var zeros = new byte[1024 * 1024];
            for (int i = 0; i < 60; i++) {
                gzip.write(zeros);
            }
            gzip.write("\nhttps://a.example/2\n".getBytes(UTF_8));
        }
        var content = Sitemaps.parse(bytes.toByteArray(), "text/plain", URL);
        assertThat(content.urls()).containsExactly("https://a.example/1");
        assertThat(content.problem()).contains("over 52428800 bytes");
    }

    @Property(tries = 200)
    void arbitraryBytesNeverThrow(@ForAll byte[] body, @ForAll String mediaType) {
        assertThat(Sitemaps.parse(body, mediaType, URL)).isNotNull();
        var tail = new String(body, UTF_8);
        assertThat(parse("<urlset><url><loc>" + tail)).isNotNull();
    }

    private static void assertNothing(SitemapContent content) {
        assertThat(content.urls()).isEmpty();
        assertThat(content.children()).isEmpty();
        assertThat(content.problem()).isNotBlank();
    }

    private static SitemapContent parse(String body) {
        return Sitemaps.parse(body.getBytes(UTF_8), "application/xml", URL);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
