package io.gleaner.api.firecrawl;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.CrawlKeys;
import io.gleaner.api.submit.OptionKeys;
import io.gleaner.api.submit.Seeds;
import io.gleaner.api.submit.Submission;
import io.gleaner.api.submit.UrlCheck;
import io.gleaner.api.submit.WebhookKeys;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.SitemapMode;
import io.gleaner.job.WebhookSpec;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a crawl. */
final class CrawlRequest {

    private static final int EXPRESSIONS_MAX = 100;
    private static final Pattern SPECIAL = Pattern.compile("[^A-Za-z0-9/_-]");

    private final BodyReader body;
    private final UrlRules rules;
    private final Dropped dropped;
    private final ScrapeKeys options;
    private @Nullable String url;
    private List<String> include = List.of();
    private List<String> exclude = List.of();
    private int limit = CrawlSpec.LIMIT_DEFAULT;
    private int maxDepth = CrawlSpec.MAX_DEPTH_DEFAULT;
    private SitemapMode sitemap = SitemapMode.INCLUDE;
    private boolean entireDomain;
    private boolean subdomains;
    private boolean external;
    private boolean ignoreQuery;
    private boolean ignoreRobots;
    private @Nullable WebhookSpec webhook;

    private CrawlRequest(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
        this.dropped = new Dropped(body);
        this.options = new ScrapeKeys(body, rules, dropped);
    }

    static Asked read(InputStream in, UrlRules rules, Budget submissions, Version version) {
        var read = new AtomicReference<Asked>();
        BodyReader.read(
                in, body -> read.set(new CrawlRequest(body, rules).read(submissions, version)));
        return read.get();
    }

    private Asked read(Budget submissions, Version version) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", path -> url = AskedUrl.read(body, path));
        keys.put("includePaths", path -> include = readExpressions(path));
        keys.put("excludePaths", path -> exclude = readExpressions(path));
        keys.put("limit", path -> limit = body.integer(path, 1, CrawlSpec.LIMIT_MAX));
        keys.put("maxDiscoveryDepth", path -> maxDepth = readDepth(path));
        keys.put("sitemap", path -> sitemap = body.choice(path, CrawlKeys.SITEMAPS));
        keys.put("crawlEntireDomain", path -> entireDomain = body.bool(path));
        keys.put("allowSubdomains", path -> subdomains = body.bool(path));
        keys.put("allowExternalLinks", path -> external = body.bool(path));
        keys.put("ignoreQueryParameters", path -> ignoreQuery = body.bool(path));
        keys.put("ignoreRobotsTxt", path -> ignoreRobots = body.bool(path));
        // A URL is a page here whatever is similar to it; what normalises to the same is one.
        keys.put("deduplicateSimilarURLs", path -> body.bool(path));
        keys.put("regexOnFullURL", this::readFullUrl);
        keys.put("prompt", this::refusePrompt);
        keys.put("scrapeOptions", path -> readOptions(path, version));
        for (String name : List.of("origin", "integration", "zeroDataRetention")) {
            keys.put(name, _ -> body.skip());
        }
        dropped.addTo(keys, "delay", "maxConcurrency", "robotsUserAgent");
        keys.put(
                "webhook",
                path -> webhook = new WebhookKeys(body, rules).readFirecrawl(path, dropped::drop));
        if (version == Version.V1) {
            keys.put("maxDepth", path -> maxDepth = readDepth(path));
            keys.put("allowBackwardLinks", path -> entireDomain = body.bool(path));
            keys.put("ignoreSitemap", this::readIgnoreSitemap);
        }
        body.object("", keys);
        return asked(submissions);
    }

    private Asked asked(Budget submissions) {
        if (url == null) {
            throw UrlCheck.missing("url");
        }
        Candidate seed = new UrlCheck(rules).candidate("url", url, ignoreQuery);
        URI start = URI.create(seed.url());
        CrawlSpec crawl = spec(start, scope(start), exclude);
        OptionKeys.check("includePaths", () -> rules.checkCrawl(crawl));
        var spec =
                new JobSpec(
                                JobKind.CRAWL,
                                crawl,
                                options.content(),
                                options.fetch(!ignoreRobots),
                                JobSpec.PRIORITY_DEFAULT)
                        .withWebhook(webhook);
        var seeds = new Seeds(submissions);
        seeds.add(seed);
        return new Asked(new Submission(spec, seeds), dropped.warning().orElse(null), List.of());
    }

    /**
     * Their crawls stay below the path they begin at, unless told otherwise. Ours know one list of
     * expressions, so where the caller gives one, it alone decides.
     */
    private List<String> scope(URI start) {
        String path = start.getRawPath();
        boolean below = !entireDomain && !external && !subdomains && include.isEmpty();
        return below && path != null && path.length() > 1
                ? List.of("^" + SPECIAL.matcher(path).replaceAll("\\\\$0"))
                : include;
    }

    private void readOptions(String path, Version version) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        options.addTo(keys, version);
        body.object(path, keys);
    }

    private int readDepth(String path) {
        return body.integer(path, 0, CrawlSpec.MAX_DEPTH_MAX);
    }

    private void readIgnoreSitemap(String path) {
        if (body.bool(path)) {
            sitemap = SitemapMode.SKIP;
        }
    }

    private void readFullUrl(String path) {
        if (body.bool(path)) {
            throw BodyReader.refuse(
                    path, "true", "false: expressions see the path and query of a URL here");
        }
    }

    private void refusePrompt(String path) {
        throw BodyReader.refuse(path, "given", "nothing, for no model is configured here");
    }

    private List<String> readExpressions(String path) {
        var read = new ArrayList<String>();
        URI any = URI.create("http://a.example/");
        body.array(
                path,
                EXPRESSIONS_MAX,
                item -> {
                    String one = body.string(item, OptionKeys.EXPRESSION_LENGTH_MAX);
                    OptionKeys.check(
                            item, () -> rules.checkCrawl(spec(any, List.of(one), List.of())));
                    read.add(one);
                });
        return read;
    }

    private CrawlSpec spec(URI start, List<String> including, List<String> excluding) {
        return new CrawlSpec(
                start,
                limit,
                maxDepth,
                including,
                excluding,
                sitemap,
                subdomains,
                external,
                ignoreQuery);
    }
}
