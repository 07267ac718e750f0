package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

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
 */
public record CrawlSettings(
        SitePlan site,
        int hostSlots,
        int concurrency,
        int warmUps,
        int rounds,
        Duration longest,
        double pagesPerSecondMin) {}
