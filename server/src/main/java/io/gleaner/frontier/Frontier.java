package io.gleaner.frontier;

import io.gleaner.job.Candidate;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Deduplicate;
import io.gleaner.job.Directions;
import io.gleaner.job.Identity;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one crawl grows: from its seed, by the links of its pages, inside its scope. */
public final class Frontier {

    /** Most links of one page, or one sitemap, that are followed. */
    public static final int LINKS_MAX = 50_000;

    private final CrawlSpec crawl;
    private final Scope scope;
    private final Sameness sameness;
    private final Candidate seed;

    /**
     * @throws IllegalArgumentException naming the field of the crawl, the value and what is
     *     accepted
     */
    public Frontier(CrawlSpec crawl) {
        this.crawl = crawl;
        this.scope = Scope.of(crawl);
        this.sameness = new Sameness(crawl);
        this.seed = sameness.candidate(scope.seed(), 0);
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
        return depth >= crawl.maxDepth() ? List.of() : links(depth, links);
    }

    /**
     * As {@link #expand}, however deep: whoever knows the fewest links to the page decides that.
     */
    public List<Candidate> links(int depth, Collection<String> links) {
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

    /** A URL as the crawl knows it; empty when it is none, or outside of the crawl. */
    public Optional<Candidate> candidate(String url) {
        return Optional.ofNullable(inside(url, 0));
    }

    /**
     * The crawl as it goes on from where its start page has led: on another host, if it is there.
     */
    public Frontier from(URI arrival) {
        return scope.fits(UrlParser.parse(arrival.toString()).host())
                ? this
                : new Frontier(crawl.movedTo(arrival));
    }

    /** The host's page that it crawls instead of the start's host, or null. */
    public @Nullable URI home() {
        return crawl.home();
    }

    /** Whether a page that a link inside the crawl led to is outside of it. */
    public boolean isOutside(String url) {
        return candidate(url).isEmpty();
    }

    /**
     * What a page is known by besides the URL that was asked for.
     *
     * @param arrival where the redirects ended
     */
    public List<Identity> identities(String url, String arrival, Directions directions) {
        var found = new LinkedHashMap<UUID, Identity>();
        candidate(arrival)
                .ifPresent(
                        target ->
                                found.put(
                                        target.key(),
                                        new Identity(target.key(), "it leads to " + arrival)));
        Deduplicate mode = crawl.rules().deduplicate();
        String canonical = directions.canonical();
        if (mode == Deduplicate.CANONICAL && canonical != null) {
            candidate(canonical)
                    .ifPresent(
                            named ->
                                    found.putIfAbsent(
                                            named.key(),
                                            new Identity(
                                                    named.key(),
                                                    "its canonical link is " + canonical)));
        }
        String fingerprint = directions.fingerprint();
        if (mode != Deduplicate.NONE && fingerprint != null) {
            UUID key = Urls.key("content " + fingerprint);
            found.put(key, new Identity(key, "another page has the same title and text"));
        }
        candidate(url).map(Candidate::key).ifPresent(found::remove);
        return List.copyOf(found.values());
    }

    private @Nullable Candidate inside(String link, int depth) {
        try {
            var url = UrlParser.parse(link);
            return scope.contains(url) ? sameness.candidate(url, depth) : null;
        } catch (IllegalArgumentException e) {
            return null; // pages are full of broken links
        }
    }
}
