package io.gleaner.frontier;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one crawl grows: from its seed, by the links of its pages, inside its scope. */
public final class Frontier {

    /** Most links of one page, or one sitemap, that are followed. */
    public static final int LINKS_MAX = 50_000;

    private final CrawlSpec crawl;
    private final Scope scope;
    private final Candidate seed;

    /**
     * @throws IllegalArgumentException naming the field of the crawl, the value and what is
     *     accepted
     */
    public Frontier(CrawlSpec crawl) {
        this.crawl = crawl;
        this.scope = Scope.of(crawl);
        this.seed = Urls.candidate(scope.seed(), 0, crawl.ignoreQuery());
    }

    /** What the crawl starts with, at depth 0. */
    public Candidate seed() {
        return seed;
    }

    /**
     * The links of one page that may become tasks: normalised, inside the scope, not too deep, each
     * key once, in the order of the page. Links that are no URLs are dropped.
     *
     * @param depth of the page
     * @param links absolute; those after the first {@value #LINKS_MAX} are ignored
     */
    public List<Candidate> expand(int depth, Collection<String> links) {
        if (depth >= crawl.maxDepth()) {
            return List.of();
        }
        var candidates = new ArrayList<Candidate>();
        var keys = new HashSet<UUID>();
        int left = LINKS_MAX;
        for (var link : links) {
            if (left-- == 0) {
                break;
            }
            var candidate = inside(link, depth + 1);
            if (candidate != null && keys.add(candidate.key())) {
                candidates.add(candidate);
            }
        }
        return List.copyOf(candidates);
    }

    private @Nullable Candidate inside(String link, int depth) {
        try {
            var url = UrlParser.parse(link);
            return scope.contains(url) ? Urls.candidate(url, depth, crawl.ignoreQuery()) : null;
        } catch (IllegalArgumentException e) {
            return null; // pages are full of broken links
        }
    }
}
