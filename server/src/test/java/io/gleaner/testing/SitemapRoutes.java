package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Sitemaps, whose pages {@code /only-in-sitemap/*} no link leads to. */
final class SitemapRoutes {

    private static final int BOMB_MEBIBYTES = 256;

    private SitemapRoutes() {}

    static void addTo(TestSite site) {
        site.route("/sitemap.xml", (r, out) -> out.send(200, "application/xml", urls(r, "a")))
                .route("/sitemap-index.xml", SitemapRoutes::index)
                .route("/sitemap.xml.gz", SitemapRoutes::gzip)
                .route("/sitemap-broken.xml", SitemapRoutes::broken)
                .route("/sitemap-bomb.xml.gz", SitemapRoutes::bomb)
                .route("/only-in-sitemap/*", SitemapRoutes::page);
    }

    private static void index(RecordedRequest request, RawResponse out) throws IOException {
        String xml =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                <sitemap><loc>%1$s/sitemap.xml</loc></sitemap>
                <sitemap><loc>%1$s/sitemap.xml.gz</loc></sitemap>
                </sitemapindex>
                """
                        .formatted(request.origin());
        out.send(200, "application/xml", xml.getBytes(UTF_8));
    }

    // A gzip file, not a gzip encoding: the client has to unpack it itself.
    private static void gzip(RecordedRequest request, RawResponse out) throws IOException {
        out.send(200, "application/gzip", BrokenRoutes.gzip(urls(request, "z")));
    }

    private static void broken(RecordedRequest request, RawResponse out) throws IOException {
        out.send(200, "application/xml", "<urlset><url><loc>http://".getBytes(UTF_8));
    }

    // 256 MB of spaces as a gzip file of 260 KB: no Content-Encoding that a client would count.
    private static void bomb(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Type", "application/gzip")
                .header("Transfer-Encoding", "chunked")
                .head(200);
        byte[] spaces = " ".repeat(1024 * 1024).getBytes(UTF_8);
        try (var file = new GZIPOutputStream(new BufferedOutputStream(out.chunked()))) {
            file.write("<?xml version=\"1.0\"?><urlset>".getBytes(UTF_8));
            for (int i = 0; i < BOMB_MEBIBYTES; i++) {
                file.write(spaces);
            }
        }
    }

    private static void page(RecordedRequest request, RawResponse out) throws IOException {
        out.html(
                "<html><head><title>Hidden %1$s</title></head><body><p>No link leads to %1$s.</p>"
                        .formatted(request.segment(1)));
    }

    private static byte[] urls(RecordedRequest request, String series) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>%1$s/only-in-sitemap/%2$s1</loc><lastmod>2026-01-01</lastmod></url>
        <url><loc>%1$s/only-in-sitemap/%2$s2</loc></url>
        <url><loc>%1$s/about.html</loc></url>
        </urlset>
        """
                .formatted(request.origin(), series)
                .getBytes(UTF_8);
    }
}
