package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlRules;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Deduplicate;
import io.gleaner.job.SitemapMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The keys of {@code crawl}. */
public final class CrawlKeys {

    public static final SequencedMap<String, SitemapMode> SITEMAPS = sitemaps();

    private static final SequencedMap<String, Deduplicate> DEDUPLICATE = deduplications();

    private static final int EXPRESSIONS_MAX = 100;

    private final BodyReader body;
    private final UrlRules rules;
    private final UrlCheck urlCheck;

    private @Nullable String url;
    private String urlPath = "crawl.url";
    private int limit = CrawlSpec.LIMIT_DEFAULT;
    private int maxDepth = CrawlSpec.MAX_DEPTH_DEFAULT;
    private List<String> include = List.of();
    private List<String> exclude = List.of();
    private SitemapMode sitemap = SitemapMode.INCLUDE;
    private boolean subdomains;
    private boolean external;
    private boolean ignoreQuery;
    private boolean dropSessionIds = CrawlRules.STANDARD.dropSessionIds();
    private boolean dropTracking = CrawlRules.STANDARD.dropTracking();
    private boolean sortQuery = CrawlRules.STANDARD.sortQuery();
    private boolean foldSlash = CrawlRules.STANDARD.foldSlash();
    private Deduplicate deduplicate = CrawlRules.STANDARD.deduplicate();
    private boolean respectNofollow = CrawlRules.STANDARD.respectNofollow();
    private boolean respectNoindex = CrawlRules.STANDARD.respectNoindex();

    CrawlKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
        this.urlCheck = new UrlCheck(rules);
    }

    /** A crawl and the candidate of its seed. */
    record Crawl(CrawlSpec spec, Candidate seed) {}

    Crawl read(String path) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", this::readUrl);
        keys.put("limit", at -> limit = body.integer(at, 1, CrawlSpec.LIMIT_MAX));
        keys.put("maxDepth", at -> maxDepth = body.integer(at, 0, CrawlSpec.MAX_DEPTH_MAX));
        keys.put("include", at -> include = readExpressions(at));
        keys.put("exclude", at -> exclude = readExpressions(at));
        keys.put("sitemap", at -> sitemap = body.choice(at, SITEMAPS));
        keys.put("subdomains", at -> subdomains = body.bool(at));
        keys.put("external", at -> external = body.bool(at));
        keys.put("ignoreQuery", at -> ignoreQuery = body.bool(at));
        keys.put("dropSessionIds", at -> dropSessionIds = body.bool(at));
        keys.put("dropTracking", at -> dropTracking = body.bool(at));
        keys.put("sortQuery", at -> sortQuery = body.bool(at));
        keys.put("foldSlash", at -> foldSlash = body.bool(at));
        keys.put("deduplicate", at -> deduplicate = body.choice(at, DEDUPLICATE));
        keys.put("respectNofollow", at -> respectNofollow = body.bool(at));
        keys.put("respectNoindex", at -> respectNoindex = body.bool(at));
        body.object(path, keys);
        if (url == null) {
            throw UrlCheck.missing(path + ".url");
        }
        Candidate start = urlCheck.candidate(urlPath, url, ignoreQuery);
        CrawlSpec spec = spec(URI.create(start.url()), include, exclude);
        OptionKeys.check(path, () -> rules.checkCrawl(spec));
        Candidate seed = rules.seed(spec);
        return new Crawl(spec.at(URI.create(seed.url())), seed);
    }

    private void readUrl(String path) {
        urlPath = path;
        url = body.string(path, UrlCheck.LENGTH_MAX);
    }

    private List<String> readExpressions(String path) {
        var expressions = new ArrayList<String>();
        body.array(
                path,
                EXPRESSIONS_MAX,
                item -> {
                    String expression = body.string(item, OptionKeys.EXPRESSION_LENGTH_MAX);
                    // Checked alone and with a seed that is surely right, to name the wrong one.
                    CrawlSpec alone =
                            spec(URI.create("http://a.example/"), List.of(expression), List.of());
                    OptionKeys.check(item, () -> rules.checkCrawl(alone));
                    expressions.add(expression);
                });
        return expressions;
    }

    private CrawlSpec spec(URI seed, List<String> including, List<String> excluding) {
        return new CrawlSpec(
                seed,
                limit,
                maxDepth,
                including,
                excluding,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                new CrawlRules(
                        dropSessionIds,
                        dropTracking,
                        sortQuery,
                        foldSlash,
                        deduplicate,
                        respectNofollow,
                        respectNoindex),
                null);
    }

    private static SequencedMap<String, Deduplicate> deduplications() {
        var byName = new LinkedHashMap<String, Deduplicate>();
        for (Deduplicate mode : Deduplicate.values()) {
            byName.put(mode.wireName(), mode);
        }
        return byName;
    }

    private static SequencedMap<String, SitemapMode> sitemaps() {
        var byName = new LinkedHashMap<String, SitemapMode>();
        byName.put("include", SitemapMode.INCLUDE);
        byName.put("skip", SitemapMode.SKIP);
        byName.put("only", SitemapMode.ONLY);
        return byName;
    }
}
