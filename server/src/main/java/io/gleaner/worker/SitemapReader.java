package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.frontier.SitemapContent;
import io.gleaner.frontier.Sitemaps;
import io.gleaner.politeness.Robots;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the sitemaps of a site (sitemaps.org): those that robots.txt names, else {@code
 * /sitemap.xml}, and the sitemaps that an index leads to. One at a time, bounded in files, URLs and
 * time; what cannot be read is left out.
 */
public final class SitemapReader {

    private static final Logger LOG = LoggerFactory.getLogger(SitemapReader.class);
    private static final int FILES_MAX = 100;

    /** Sitemaps that are remembered: an index may name a thousand times as many as are read. */
    private static final int KNOWN_MAX = 10 * FILES_MAX;

    /** Indexes that lead to one another; the protocol knows one. */
    private static final int DEPTH_MAX = 3;

    private static final int URLS_MAX = 100_000;
    private static final long FILE_MAX_BYTES = 20L << 20;
    private static final Duration FILE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final SitemapContent NOTHING =
            new SitemapContent(List.of(), List.of(), "not fetched");

    private final Robots robots;
    private final PoliteFetch fetch;
    private final InstantSource clock;

    public SitemapReader(Robots robots, PoliteFetch fetch, InstantSource clock) {
        this.robots = robots;
        this.fetch = fetch;
        this.clock = clock;
    }

    /**
     * The URLs that the sitemaps of the page's site list, as they stand there.
     *
     * @param wanted whether to go on
     * @param hold for one file after the other
     */
    List<String> read(URI page, boolean respectRobots, BooleanSupplier wanted, Hold hold)
            throws InterruptedException {
        hold.close(); // The page has been read, and the host may let us wait for long.
        Instant deadline = clock.instant().plus(TIMEOUT);
        List<String> urls = new ArrayList<>();
        Deque<Listed> todo = new ArrayDeque<>();
        Set<URI> known = new HashSet<>();
        add(todo, known, start(page, respectRobots), 0);
        for (int files = 0;
                files < FILES_MAX && !todo.isEmpty() && wanted.getAsBoolean();
                files++) {
            Listed next = todo.removeFirst();
            SitemapContent content = load(next.url(), respectRobots, wanted, hold);
            urls.addAll(content.urls());
            if (next.depth() < DEPTH_MAX) {
                add(todo, known, content.children(), next.depth() + 1);
            }
            if (urls.size() >= URLS_MAX || clock.instant().isAfter(deadline)) {
                LOG.info("the sitemaps of {} hold more than is read", page.getAuthority());
                break;
            }
        }
        return urls;
    }

    /** A sitemap, and how many indexes lead to it. */
    private record Listed(URI url, int depth) {}

    private static void add(Deque<Listed> todo, Set<URI> known, List<URI> urls, int depth) {
        for (URI url : urls) {
            if (known.size() < KNOWN_MAX && known.add(url)) {
                todo.addLast(new Listed(url, depth));
            }
        }
    }

    private List<URI> start(URI page, boolean respectRobots) throws InterruptedException {
        List<URI> named = respectRobots ? robots.sitemaps(page) : List.of();
        return named.isEmpty() ? List.of(page.resolve("/sitemap.xml")) : named;
    }

    private SitemapContent load(URI url, boolean respectRobots, BooleanSupplier wanted, Hold hold)
            throws InterruptedException {
        var request = FetchRequest.resource(url, FILE_TIMEOUT, FILE_MAX_BYTES, false).within(hold);
        try (hold) {
            return fetch.fetch(request, respectRobots, wanted)
                            instanceof FetchOutcome.Fetched(var response)
                    ? Sitemaps.parse(response.body(), response.mediaType(), response.url())
                    : NOTHING;
        }
    }
}
