package io.gleaner.app;

import java.util.List;
import java.util.stream.Stream;

/** One URL of the hostile site, its row in docs/testing.md, and the outcome it has to come to. */
record SiteRow(String documented, String path, String outcome) {

    // documented path | path asked for | outcome
    private static final String ROWS =
            """
            /                           | /                                   | page
            /index.html                 | /index.html                         | page
            /about.html                 | /about.html                         | page
            /news/one.html              | /news/one.html                      | page
            /news/two.html              | /news/two.html                      | page
            /private/{any}              | /private/open                       | page
            /private/{any}              | /private/closed                     | ROBOTS_DISALLOWED
            /site/{n}                   | /site/5                             | page
            /graph/{n}/{i}              | /graph/5/4                          | page
            /slow-header                | /slow-header                        | FIRST_BYTE_TIMEOUT (r)
            /half-header                | /half-header                        | FIRST_BYTE_TIMEOUT (r)
            /slow-body                  | /slow-body                          | TIMEOUT (r)
            /stalled-body               | /stalled-body                       | TIMEOUT (r)
            /never-ending               | /never-ending                       | BODY_TOO_LARGE
            /slow-ok/{millis}           | /slow-ok/500                        | page
            /reset-at-once              | /reset-at-once                      | CONNECTION_RESET (r)
            /reset-in-the-middle        | /reset-in-the-middle                | CONNECTION_RESET (r)
            /closed-at-once             | /closed-at-once                     | CONNECTION_RESET (r)
            /truncated-body             | /truncated-body                     | TRUNCATED_BODY (r)
            /truncated-chunks           | /truncated-chunks                   | TRUNCATED_BODY (r)
            /truncated-gzip             | /truncated-gzip                     | TRUNCATED_BODY (r)
            /not-gzip                   | /not-gzip                           | page
            /partial                    | /partial                            | TRUNCATED_BODY (r)
            /surplus                    | /surplus                            | page
            /broken-chunk               | /broken-chunk                       | PROTOCOL_ERROR (r)
            /not-http                   | /not-http                           | PROTOCOL_ERROR (r)
            /gzip-bomb                  | /gzip-bomb                          | BODY_TOO_LARGE
            /brotli-bomb                | /brotli-bomb                        | BODY_TOO_LARGE
            /zstd-bomb                  | /zstd-bomb                          | BODY_TOO_LARGE
            /body-200mb                 | /body-200mb                         | BODY_TOO_LARGE
            /redirect-loop              | /redirect-loop                      | REDIRECT_LOOP
            /redirect-loop-a            | /redirect-loop-a                    | REDIRECT_LOOP
            /redirect-loop-b            | /redirect-loop-b                    | REDIRECT_LOOP
            /redirect-chain/{n}         | /redirect-chain/10                  | page
            /redirect-chain/{n}         | /redirect-chain/11                  | TOO_MANY_REDIRECTS
            /redirect-chain/{n}         | /redirect-chain/30                  | TOO_MANY_REDIRECTS
            /redirect-to                | /redirect-to?url=%2Farrived         | page
            /redirect-to-scheme         | /redirect-to-scheme                 | UNSUPPORTED_SCHEME
            /redirect-to-scheme/{scheme} | /redirect-to-scheme/file           | UNSUPPORTED_SCHEME
            /redirect-to-scheme/{scheme} | /redirect-to-scheme/gopher         | UNSUPPORTED_SCHEME
            /redirect-without-location  | /redirect-without-location          | BAD_REDIRECT
            /redirect-to-nonsense       | /redirect-to-nonsense               | BAD_REDIRECT
            /redirect-status/{code}     | /redirect-status/301                | page
            /redirect-status/{code}     | /redirect-status/302                | page
            /redirect-status/{code}     | /redirect-status/303                | page
            /redirect-status/{code}     | /redirect-status/307                | page
            /redirect-status/{code}     | /redirect-status/308                | page
            /arrived                    | /arrived                            | page
            /cookie-redirect            | /cookie-redirect                    | page
            /cookie-wanted              | /cookie-wanted                      | page
            /status/{code}              | /status/404                         | HTTP_CLIENT_ERROR
            /status/{code}              | /status/410                         | HTTP_CLIENT_ERROR
            /status/{code}              | /status/500                         | HTTP_SERVER_ERROR (r)
            /status/{code}              | /status/502                         | HTTP_SERVER_ERROR (r)
            /status/{code}              | /status/204                         | EMPTY_BODY
            /status/{code}              | /status/304                         | NOT_MODIFIED (r)
            /429-seconds                | /429-seconds                        | THROTTLED
            /429-date                   | /429-date                           | THROTTLED
            /429-plain                  | /429-plain                          | THROTTLED
            /503-seconds                | /503-seconds                        | THROTTLED
            /503-retry                  | /503-retry                          | THROTTLED
            /429-then-ok/{k}            | /429-then-ok/3                      | page
            /429-date-then-ok/{k}       | /429-date-then-ok/3                 | page
            /503-retry/{k}              | /503-retry/3                        | page
            /500-then-ok/{k}            | /500-then-ok/2                      | page
            /500-then-ok/{k}            | /500-then-ok/3                      | HTTP_SERVER_ERROR (r)
            /charset/wrong              | /charset/wrong                      | page
            /charset/wrong-meta         | /charset/wrong-meta                 | page
            /charset/unknown            | /charset/unknown                    | page
            /charset/mixed              | /charset/mixed                      | page
            /charset/{name}-bom         | /charset/utf-8-bom                  | page
            /charset/{name}-bom         | /charset/utf-16-bom                 | page
            /charset/{name}-bom         | /charset/utf-16be-bom               | page
            /empty                      | /empty                              | EMPTY_BODY
            /blank                      | /blank                              | page
            /binary-as-html             | /binary-as-html                     | BINARY_BODY
            /deep/{n}                   | /deep/10000                         | page
            /unclosed                   | /unclosed                           | page
            /big-attribute              | /big-attribute                      | page
            /base-href                  | /base-href                          | page
            /base/elsewhere/{any}       | /base/elsewhere/page.html           | page
            /meta-refresh               | /meta-refresh                       | page
            /meta-refresh-target        | /meta-refresh-target                | page
            /refresh-header             | /refresh-header                     | page
            /links-to                   | /links-to?%2Fabout.html             | page
            /encoded/gzip               | /encoded/gzip                       | page
            /encoded/deflate            | /encoded/deflate                    | page
            /encoded/raw-deflate        | /encoded/raw-deflate                | page
            /encoded/br                 | /encoded/br                         | page
            /encoded/zstd               | /encoded/zstd                       | page
            /encoded/identity           | /encoded/identity                   | page
            /encoded/none               | /encoded/none                       | page
            /encoded/utf-8              | /encoded/utf-8                      | page
            /encoded/twice              | /encoded/twice                      | page
            /encoded/unknown            | /encoded/unknown                    | BINARY_BODY
            /type/pdf                   | /type/pdf                           | EXTRACTION_FAILED
            /type/image                 | /type/image                         | UNSUPPORTED_CONTENT_TYPE
            /type/xhtml                 | /type/xhtml                         | page
            /text-plain                 | /text-plain                         | page
            /json                       | /json                               | page
            /no-content-type            | /no-content-type                    | page
            /echo                       | /echo                               | page
            /only-in-sitemap/{name}     | /only-in-sitemap/a1                 | page
            """;

    private static final List<String> CHARSETS =
            List.of("windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030", "utf-8");

    static Stream<SiteRow> all() {
        return Stream.concat(
                ROWS.lines().map(SiteRow::parse),
                CHARSETS.stream()
                        .flatMap(
                                name ->
                                        Stream.of("in-header", "in-meta", "missing")
                                                .map(how -> charset(name, how))));
    }

    private static SiteRow parse(String line) {
        String[] cells = line.split("\\s*\\|\\s*", -1);
        return new SiteRow(cells[0], cells[1], cells[2]);
    }

    private static SiteRow charset(String name, String how) {
        return new SiteRow("/charset/{name}-" + how, "/charset/%s-%s".formatted(name, how), "page");
    }
}
