package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

/**
 * How {@code bench recording} runs.
 *
 * @param site what is crawled, all of it each time
 * @param concurrency fetches in flight
 * @param hostSlots requests in flight to one host
 * @param warmUps crawls that do not count
 * @param pairs of crawls, one with and one without the recording
 * @param longest limit of one crawl
 */
public record RecordingSettings(
        SitePlan site, int concurrency, int hostSlots, int warmUps, int pairs, Duration longest) {}
