package io.gleaner.worker;

import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.frontier.Frontier;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.SitemapMode;
import io.gleaner.job.Tenant;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the URLs of a site from one of its pages and its sitemaps, and keeps no content. */
public final class SiteMap {

    private final PoliteFetch fetch;
    private final FetchConfig fetchConfig;
    private final PageReader reader;
    private final SitemapReader sitemaps;

    public SiteMap(
            PoliteFetch fetch, FetchConfig fetchConfig, PageReader reader, SitemapReader sitemaps) {
        this.fetch = fetch;
        this.fetchConfig = fetchConfig;
        this.reader = reader;
        this.sitemaps = sitemaps;
    }

    /**
     * What mapping came to.
     *
     * @param urls normalised, inside the scope, the site's own page first
     * @param page what the page came to; a fault does not spoil what the sitemaps gave
     */
    public record Mapped(List<String> urls, FetchOutcome page) {}

    /** Maps what the crawl would find from its seed without going further. */
    public Mapped map(CrawlSpec crawl, FetchSpec how) throws InterruptedException {
        var nothing = new ContentSpec(Set.of(), Map.of(), false, List.of(), List.of());
        var job =
                JobContext.of(
                        Tenant.MAIN,
                        new JobSpec(JobKind.CRAWL, crawl, nothing, how, JobSpec.PRIORITY_DEFAULT),
                        () -> true);
        var frontier = new Frontier(crawl);
        URI arrival = crawl.url();
        List<String> links = new ArrayList<>();
        var urls = new LinkedHashSet<String>();
        FetchOutcome page;
        try (var hold = fetch.hold()) {
            var request = FetchRequest.page(crawl.url(), how, fetchConfig).within(hold);
            page = fetch.fetch(request, how.respectRobots(), job.wanted());
            if (page instanceof FetchOutcome.Fetched(var response)) {
                urls.add(frontier.seed().url());
                arrival = response.url();
                frontier = frontier.from(arrival);
                if (crawl.sitemap() != SitemapMode.ONLY) {
                    links.addAll(reader.read(response, job, hold).extracted().outlinks());
                }
            }
            if (crawl.sitemap() != SitemapMode.SKIP) {
                links.addAll(sitemaps.read(arrival, how.respectRobots(), job.wanted(), hold));
            }
        }
        frontier.expand(0, links).stream().map(Candidate::url).forEach(urls::add);
        return new Mapped(urls.stream().limit(crawl.limit()).toList(), page);
    }
}
