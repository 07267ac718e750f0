package io.gleaner.api.dashboard;

import io.gleaner.api.dashboard.Assets.Asset;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;

/** {@code /} for browsers, and {@code /dashboard/{version}/{file}}. */
public final class DashboardHandler {

    /**
     * Nothing but our own files, no script or style that stands in the page, and no frame around
     * it. Pictures come over an operation that may need a key, and so as blobs.
     */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private static final HeaderName POLICY_NAME = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REFERRER = HeaderNames.create("Referrer-Policy");

    private final Assets assets = Assets.load();
    private final Handler signpost;

    /**
     * @param signpost what is answered to those who are no browser
     */
    public DashboardHandler(Handler signpost) {
        this.signpost = signpost;
    }

    public void root(ServerRequest request, ServerResponse response) throws Exception {
        response.header(HeaderNames.VARY, "Accept, Accept-Encoding");
        if (!isBrowser(request)) {
            signpost.handle(request, response);
            return;
        }
        response.header(POLICY_NAME, POLICY)
                .header(REFERRER, "no-referrer")
                .header(HeaderNames.CACHE_CONTROL, "no-cache");
        send(request, response, assets.index());
    }

    public void file(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        Asset asset =
                assets.find(path.get("version"), path.get("file"))
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ProblemCode.NO_FILE,
                                                        "the dashboard has no such file; load /"
                                                                + " anew")
                                                .raise());
        response.header(HeaderNames.VARY, "Accept-Encoding")
                .header(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
        send(request, response, asset);
    }

    private void send(ServerRequest request, ServerResponse response, Asset asset) {
        boolean gzip =
                request.headers()
                        .first(HeaderNames.ACCEPT_ENCODING)
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("gzip");
        // Of one version each file has one content.
        String etag = "\"%s%s\"".formatted(assets.version(), gzip ? "-gzip" : "");
        response.header(HeaderNames.ETAG, etag);
        if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(etag::equals).isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, asset.type())
                .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (gzip) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        response.send(gzip ? asset.gzip() : asset.plain());
    }

    /** Whoever says that it takes HTML; "anything" is what tools say. */
    private static boolean isBrowser(ServerRequest request) {
        return request.headers().acceptedTypes().stream()
                .anyMatch(type -> !type.isWildcardType() && type.test(MediaTypes.TEXT_HTML));
    }
}
