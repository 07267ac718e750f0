package io.gleaner.perf.bench;

import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.site.SiteStats;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One crawl of the bench site, and what it took.
 *
 * @param postgresCpuSeconds NaN when the service did not start it
 */
record Crawl(
        double seconds,
        long done,
        long failed,
        SiteStats site,
        double serviceCpuSeconds,
        double postgresCpuSeconds,
        double siteCpuSeconds,
        double servicePeakMib) {

    private static final double MIB = 1024 * 1024;

    /** Crawls from the first page until that many are stored. */
    static Crawl run(Service service, Site site, int pages, Duration longest) throws IOException {
        site.reset();
        Usage before = service.usage();
        Usage siteBefore = site.usage();
        double postgresBefore = postgresCpu(service);
        var api = new Api(service.target());
        JsonNode job = api.awaitEnd(api.submit(body(site, pages)), longest);
        Usage used = service.usage().since(before);
        Duration took =
                Duration.between(
                        Instant.parse(job.required("createdAt").asString()),
                        Instant.parse(job.required("finishedAt").asString()));
        return new Crawl(
                took.toNanos() / 1e9,
                job.required("done").asLong(),
                job.required("failed").asLong(),
                site.stats(),
                used.cpuSeconds(),
                postgresCpu(service) - postgresBefore,
                site.usage().since(siteBefore).cpuSeconds(),
                used.rssPeakBytes() / MIB);
    }

    /** The submission of a crawl over all hosts of a site. */
    static String body(Site site, int limit) {
        return """
        {"crawl":{"url":"%s","limit":%d,"maxDepth":1000,"sitemap":"skip","external":true}}\
        """
                .formatted(site.url(0), limit);
    }

    private static double postgresCpu(Service service) {
        return service.postgresUsage().map(Usage::cpuSeconds).orElse(Double.NaN);
    }

    double pagesPerSecond() {
        return done / seconds;
    }
}
