package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;

/** Redirects of every kind, most of which lead nowhere. */
final class RedirectRoutes {

    private static final String END =
            "<html><head><title>Arrived</title></head><body><p>The end of the road.</p></body>"
                    + "</html>\n";

    private RedirectRoutes() {}

    static void addTo(TestSite site) {
        site.route("/redirect-loop", (request, out) -> out.redirect(302, "/redirect-loop"))
                .route("/redirect-loop-a", (request, out) -> out.redirect(302, "/redirect-loop-b"))
                .route("/redirect-loop-b", (request, out) -> out.redirect(302, "/redirect-loop-a"))
                .route("/redirect-chain/*", RedirectRoutes::chain)
                .route("/redirect-to", RedirectRoutes::to)
                .route("/redirect-to-scheme/*", RedirectRoutes::toScheme)
                .route("/redirect-to-scheme", (r, out) -> out.redirect(302, "ftp://127.0.0.1/x"))
                .route("/redirect-without-location", (r, out) -> out.status(301))
                .route("/redirect-to-nonsense", (r, out) -> out.redirect(302, "http://[nonsense"))
                .route("/redirect-status/*", (r, out) -> out.redirect(r.number(1), "/arrived"))
                .route("/arrived", (request, out) -> out.html(END))
                .route("/cookie-redirect", RedirectRoutes::cookieRedirect)
                .route("/cookie-wanted", RedirectRoutes::cookieWanted);
    }

    // /redirect-chain/{n}: n hops, then a page.
    private static void chain(RecordedRequest request, RawResponse out) throws IOException {
        int hops = request.number(1);
        if (hops == 0) {
            out.html(END);
        } else {
            out.redirect(302, "/redirect-chain/" + (hops - 1));
        }
    }

    // /redirect-to?url={escaped}
    private static void to(RecordedRequest request, RawResponse out) throws IOException {
        String value = request.query().substring("url=".length());
        out.redirect(302, URLDecoder.decode(value, UTF_8));
    }

    // /redirect-to-scheme/{scheme}
    private static void toScheme(RecordedRequest request, RawResponse out) throws IOException {
        String scheme = request.segment(1);
        out.redirect(302, scheme.equals("file") ? "file:///etc/hosts" : scheme + "://127.0.0.1/x");
    }

    private static void cookieRedirect(RecordedRequest request, RawResponse out)
            throws IOException {
        out.header("Set-Cookie", "pass=granted; Path=/").redirect(302, "/cookie-wanted");
    }

    // Without its cookie it sends the visitor back to get one, as consent pages do.
    private static void cookieWanted(RecordedRequest request, RawResponse out) throws IOException {
        if (request.header("Cookie").contains("pass=granted")) {
            out.html(END);
        } else {
            out.redirect(302, "/cookie-redirect");
        }
    }
}
