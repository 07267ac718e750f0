package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;

/** Pages whose markup is the trap: depth, disorder, size, and links that depend on context. */
final class MarkupRoutes {

    private static final int BIG_ATTRIBUTE_CHARS = 1024 * 1024;

    private MarkupRoutes() {}

    static void addTo(TestSite site) {
        site.route("/deep/*", MarkupRoutes::deep)
                .route("/unclosed", MarkupRoutes::unclosed)
                .route("/big-attribute", MarkupRoutes::bigAttribute)
                .route("/base-href", MarkupRoutes::baseHref)
                .route("/meta-refresh", MarkupRoutes::metaRefresh)
                .route(
                        "/refresh-header",
                        (request, out) ->
                                out.header("Refresh", "0; url=/meta-refresh-target")
                                        .html("<p>Not this page."))
                .route("/meta-refresh-target", (request, out) -> out.html(target()))
                .route("/links-to", MarkupRoutes::linksTo)
                .route("/base/elsewhere/*", (request, out) -> out.html(target()));
    }

    private static String target() {
        return html("Target", "<p>This is the page that was meant.</p>");
    }

    private static String html(String title, String body) {
        return "<!doctype html><html><head><title>%s</title></head><body>%s</body></html>\n"
                .formatted(title, body);
    }

    // /deep/{n}: n nested elements around one sentence, all of them closed.
    private static void deep(RecordedRequest request, RawResponse out) throws IOException {
        int depth = request.number(1);
        String body = "<p>The bottom of the well.</p>";
        out.html(html("Deep", "<div>".repeat(depth) + body + "</div>".repeat(depth)));
    }

    private static void unclosed(RecordedRequest request, RawResponse out) throws IOException {
        out.html(
                "<title>Unclosed</title><body><div><p>First paragraph<p>Second <b>bold <i>both</b>"
                    + " italic<ul><li>one<li>two <a"
                    + " href=/about.html>about<table><tr><td>cell<div><blockquote><!-- never ended"
                    + " <p>comment");
    }

    private static void bigAttribute(RecordedRequest request, RawResponse out) throws IOException {
        String value = "x".repeat(BIG_ATTRIBUTE_CHARS);
        out.html(
                html(
                        "Big attribute",
                        "<p data-big=\"%s\">A small text with a big attribute.</p>"
                                .formatted(value)));
    }

    // The first link is relative to the base; the second one is not, having a path of its own.
    private static void baseHref(RecordedRequest request, RawResponse out) throws IOException {
        out.html(
                """
                <!doctype html><html><head><title>Base</title><base href="/base/elsewhere/"></head>
                <body><p>Links here are relative to another folder.</p>
                <a href="page.html">page</a> <a href="/about.html">about</a></body></html>
                """);
    }

    private static void metaRefresh(RecordedRequest request, RawResponse out) throws IOException {
        out.html(
                """
                <!doctype html><html><head><title>Moved</title>
                <meta http-equiv="refresh" content="0; url=/meta-refresh-target"></head>
                <body><p>This page has moved.</p></body></html>
                """);
    }

    // /links-to?a&b: a page that links to each of the (escaped) addresses in its query.
    private static void linksTo(RecordedRequest request, RawResponse out) throws IOException {
        var links = new StringBuilder();
        for (String address : request.query().split("&", -1)) {
            String href = URLDecoder.decode(address, UTF_8).replace("&", "&amp;");
            links.append("<p><a href=\"%s\">A link of this page</a></p>\n".formatted(href));
        }
        out.html(html("Links", links.toString()));
    }
}
