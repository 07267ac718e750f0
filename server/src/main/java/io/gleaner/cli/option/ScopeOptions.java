package io.gleaner.cli.option;

import io.gleaner.job.CrawlRules;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Deduplicate;
import io.gleaner.job.SitemapMode;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** How far a crawl goes, as flags. */
public final class ScopeOptions {

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.Limit.class,
            description = "Most pages, the start page included (default ${DEFAULT-VALUE}).")
    private int limit = CrawlSpec.LIMIT_DEFAULT;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            converter = WholeNumber.MaxDepth.class,
            description = "Most links between the start and a page (default ${DEFAULT-VALUE}).")
    private int maxDepth = CrawlSpec.MAX_DEPTH_DEFAULT;

    @Option(
            names = "--include",
            paramLabel = "RE",
            description =
                    "Follow only URLs whose path and query match, like '^/docs/'; may be repeated.")
    private List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "RE",
            description = "Leave out URLs whose path and query match; may be repeated.")
    private List<String> exclude = List.of();

    @Option(
            names = "--sitemap",
            paramLabel = "MODE",
            converter = SitemapConverter.class,
            description =
                    "include: follow links and sitemap; skip: links; only: sitemap (default"
                            + " include).")
    private SitemapMode sitemap = SitemapMode.INCLUDE;

    @Option(
            names = "--subdomains",
            description = "Follow links to every host of the start's registrable domain.")
    private boolean subdomains;

    @Option(names = "--external", description = "Follow links to any host.")
    private boolean external;

    @Option(
            names = "--ignore-query",
            description = "Treat URLs that differ only in the query as one.")
    private boolean ignoreQuery;

    @Option(
            names = "--deduplicate",
            paramLabel = "MODE",
            converter = DeduplicateConverter.class,
            description =
                    "Which pages count as one: none; content: of the same title and text;"
                            + " canonical: those, and what their canonical link names (default"
                            + " content).")
    private Deduplicate deduplicate = CrawlRules.STANDARD.deduplicate();

    @Option(
            names = "--keep-session-ids",
            description = "Take session ids for a part of the URL, instead of dropping them.")
    private boolean keepSessionIds;

    @Option(
            names = "--keep-tracking",
            description = "Take utm_source and the like for a part of the URL.")
    private boolean keepTracking;

    @Option(
            names = "--keep-query-order",
            description = "Take the order of query parameters for a difference.")
    private boolean keepQueryOrder;

    @Option(
            names = "--keep-slash",
            description = "Take a trailing slash or index.html for a difference.")
    private boolean keepSlash;

    @Option(names = "--ignore-nofollow", description = "Follow links that ask not to be followed.")
    private boolean ignoreNofollow;

    @Option(names = "--ignore-noindex", description = "Keep pages that ask not to be kept.")
    private boolean ignoreNoindex;

    private CrawlRules rules() {
        return new CrawlRules(
                !keepSessionIds,
                !keepTracking,
                !keepQueryOrder,
                !keepSlash,
                deduplicate,
                !ignoreNofollow,
                !ignoreNoindex);
    }

    public CrawlSpec spec(URI start) {
        return new CrawlSpec(
                start,
                limit,
                maxDepth,
                include,
                exclude,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                rules(),
                null);
    }
}
