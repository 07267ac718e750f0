package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import java.util.Map;

/**
 * How {@code bench crawl} runs.
 *
 * @param site what is crawled
 * @param hostSlots requests in flight to one host
 * @param concurrency fetches in flight
 * @param warmUps crawls that do not count
 * @param rounds crawls that count
 * @param longest limit of one crawl
 * @param pagesPerSecondMin bound of the verdict
 * @param compare environment of a second service that takes turns with the first, or none
 */
public record CrawlSettings(
        SitePlan site,
        int hostSlots,
        int concurrency,
        int warmUps,
        int rounds,
        Duration longest,
        double pagesPerSecondMin,
        Map<String, String> compare) {

    public CrawlSettings {
        compare = Map.copyOf(compare);
    }
}
