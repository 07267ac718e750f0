package io.gleaner.perf.cli;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that describe the site; what is not given stays as the bench has it. */
final class SiteOptions {

    @Option(names = "--pages", paramLabel = "N", description = "Pages of the site.")
    private @Nullable Integer pages;

    @Option(names = "--hosts", paramLabel = "N", description = "Hosts of the site, up to 10,000.")
    private @Nullable Integer hosts;

    @Option(
            names = "--latency-min",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Shortest pause of a page before its answer.")
    private @Nullable Duration latencyMin;

    @Option(
            names = "--latency-max",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Longest pause of a page before its answer.")
    private @Nullable Duration latencyMax;

    @Option(names = "--size-min", paramLabel = "BYTES", description = "Least text of a page.")
    private @Nullable Integer sizeMin;

    @Option(names = "--size-max", paramLabel = "BYTES", description = "Most text of a page.")
    private @Nullable Integer sizeMax;

    @Option(names = "--errors", paramLabel = "SHARE", description = "Share of 404s, 0 to 1.")
    private @Nullable Double errors;

    @Option(names = "--seed", paramLabel = "N", description = "Another site of the same kind.")
    private @Nullable Long seed;

    SitePlan over(SitePlan plan) {
        return new SitePlan(
                given(pages, plan.pages()),
                given(hosts, plan.hosts()),
                plan.links(),
                given(sizeMin, plan.sizeMin()),
                given(sizeMax, plan.sizeMax()),
                given(latencyMin, plan.latencyMin()),
                given(latencyMax, plan.latencyMax()),
                given(errors, plan.errorRate()),
                given(seed, plan.seed()));
    }

    private static <T> T given(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
