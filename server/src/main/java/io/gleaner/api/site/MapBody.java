package io.gleaner.api.site;

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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The JSON body of a map. */
public final class MapBody {

    static final int LIMIT_DEFAULT = 5_000;
    static final int LIMIT_MAX = 100_000;
    static final int SEARCH_LENGTH_MAX = 200;

    private final BodyReader body;
    private final UrlCheck urlCheck;
    private @Nullable String url;
    private SitemapMode sitemap = SitemapMode.INCLUDE;
    private boolean subdomains;
    private boolean ignoreQuery;
    private @Nullable String search;
    private int limit = LIMIT_DEFAULT;
    private Duration timeout = FetchSpec.TIMEOUT_DEFAULT;

    private MapBody(BodyReader body, UrlRules rules) {
        this.body = body;
        this.urlCheck = new UrlCheck(rules);
    }

    public static MapQuery read(InputStream in, UrlRules rules) {
        var read = new AtomicReference<MapQuery>();
        BodyReader.read(in, body -> read.set(new MapBody(body, rules).query()));
        return read.get();
    }

    private MapQuery query() {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", path -> url = body.string(path, UrlCheck.LENGTH_MAX));
        keys.put("sitemap", path -> sitemap = body.choice(path, CrawlKeys.SITEMAPS));
        keys.put("subdomains", path -> subdomains = body.bool(path));
        keys.put("ignoreQuery", path -> ignoreQuery = body.bool(path));
        keys.put("search", path -> search = body.string(path, SEARCH_LENGTH_MAX));
        keys.put("limit", path -> limit = body.integer(path, 1, LIMIT_MAX));
        keys.put(
                "timeout",
                path ->
                        timeout =
                                body.duration(path, FetchSpec.TIMEOUT_MIN, FetchSpec.TIMEOUT_MAX));
        body.object("", keys);
        if (url == null) {
            throw UrlCheck.missing("url");
        }
        var seed = URI.create(urlCheck.candidate("url", url, ignoreQuery).url());
        return new MapQuery(seed, sitemap, subdomains, ignoreQuery, search, limit, timeout);
    }
}
