package io.gleaner.api.firecrawl;

import io.gleaner.api.port.MapQuery;
import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.CrawlKeys;
import io.gleaner.api.submit.UrlCheck;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.SitemapMode;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The body of a map. */
final class MapRequest {

    private static final int LIMIT_DEFAULT = 5_000;
    private static final int LIMIT_MAX = 100_000;
    private static final int SEARCH_LENGTH_MAX = 200;

    private final BodyReader body;
    private final UrlRules rules;
    private @Nullable String url;
    private SitemapMode sitemap = SitemapMode.INCLUDE;
    // Theirs have every host of the site unless told otherwise.
    private boolean subdomains = true;
    private boolean ignoreQuery = true;
    private @Nullable String search;
    private int limit = LIMIT_DEFAULT;
    private Duration timeout = FetchSpec.TIMEOUT_DEFAULT;

    private MapRequest(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    static MapQuery read(InputStream in, UrlRules rules, Version version) {
        var read = new AtomicReference<MapQuery>();
        BodyReader.read(in, body -> read.set(new MapRequest(body, rules).read(version)));
        return read.get();
    }

    private MapQuery read(Version version) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", path -> url = AskedUrl.read(body, path));
        keys.put("search", path -> search = body.string(path, SEARCH_LENGTH_MAX));
        keys.put("sitemap", path -> sitemap = body.choice(path, CrawlKeys.SITEMAPS));
        keys.put("includeSubdomains", path -> subdomains = body.bool(path));
        keys.put("ignoreQueryParameters", path -> ignoreQuery = body.bool(path));
        keys.put("limit", path -> limit = body.integer(path, 1, LIMIT_MAX));
        keys.put("timeout", this::readTimeout);
        for (String name :
                List.of(
                        "origin",
                        "integration",
                        "location",
                        "threatProtection",
                        "auditMetadata",
                        "ignoreCache",
                        "useIndex",
                        "useMock",
                        "filterByPath",
                        "headers")) {
            keys.put(name, _ -> body.skip());
        }
        if (version == Version.V1) {
            keys.put("ignoreSitemap", path -> choose(path, SitemapMode.SKIP));
            keys.put("sitemapOnly", path -> choose(path, SitemapMode.ONLY));
        }
        body.object("", keys);
        if (url == null) {
            throw UrlCheck.missing("url");
        }
        var seed = URI.create(new UrlCheck(rules).candidate("url", url, ignoreQuery).url());
        String text = search == null || search.isBlank() ? null : search.strip();
        return new MapQuery(seed, sitemap, subdomains, ignoreQuery, text, limit, timeout);
    }

    private void choose(String path, SitemapMode mode) {
        if (body.bool(path)) {
            sitemap = mode;
        }
    }

    private void readTimeout(String path) {
        int most = (int) FetchSpec.TIMEOUT_MAX.toMillis();
        timeout = Duration.ofMillis(body.integer(path, 1_000, most));
    }
}
