package io.gleaner.testing;

import java.io.IOException;

/** A few ordinary pages, and link graphs of any size. */
final class SmallSite {

    private static final String INDEX =
            """
            <!doctype html>
            <html lang="en"><head><title>Test site</title>
            <meta name="description" content="A small site for tests."></head>
            <body><main><h1>Test site</h1>
            <p>This is the front page of a small site, with a few links to ordinary pages.</p>
            <ul>
            <li><a href="/index.html">Here again</a></li>
            <li><a href="/about.html">About</a></li>
            <li><a href="news/one.html#top">News</a></li>
            <li><a href="/missing.html">Missing</a></li>
            </ul></main></body></html>
            """;

    private SmallSite() {}

    static void addTo(TestSite site) {
        site.route("/", (request, out) -> out.html(INDEX))
                .route("/index.html", (request, out) -> out.html(INDEX))
                .route("/about.html", (request, out) -> out.html(page("About", "/news/one.html")))
                .route("/news/one.html", (request, out) -> out.html(page("News one", "two.html")))
                .route("/news/two.html", (request, out) -> out.html(page("News two", "/")))
                .route("/private/*", (request, out) -> out.html(page("Private", "/")))
                .route("/site/*", SmallSite::site)
                .route("/graph/*", SmallSite::graph);
    }

    private static String page(String title, String link) {
        return """
        <!doctype html>
        <html lang="en"><head><title>%1$s</title></head>
        <body><main><h1>%1$s</h1>
        <p>This page is called %1$s and says so in one sentence.</p>
        <p><a href="%2$s">Onward</a></p></main></body></html>
        """
                .formatted(title, link);
    }

    // /site/{n}: the entrance to a graph of n pages.
    private static void site(RecordedRequest request, RawResponse out) throws IOException {
        int pages = request.number(1);
        out.html(page("Site of %d pages".formatted(pages), "/graph/%d/0".formatted(pages)));
    }

    // /graph/{n}/{i}: page i of n links to 2i+1, 2i+2 and i-1, so page 0 leads to all of them.
    private static void graph(RecordedRequest request, RawResponse out) throws IOException {
        int pages = request.number(1);
        int index = request.number(2);
        if (index < 0 || index >= pages) {
            out.status(404);
            return;
        }
        var links = new StringBuilder();
        for (int next : new int[] {2 * index + 1, 2 * index + 2, index - 1}) {
            if (next >= 0 && next < pages) {
                links.append(
                        "<li><a href=\"/graph/%d/%d\">Page %d</a></li>\n"
                                .formatted(pages, next, next));
            }
        }
        out.html(
                """
                <!doctype html>
                <html lang="en"><head><title>Page %1$d</title></head>
                <body><main><h1>Page %1$d</h1>
                <p>This sentence is found on page %1$d of %2$d and nowhere else.</p>
                <ul>
                %3$s</ul></main></body></html>
                """
                        .formatted(index, pages, links));
    }
}
