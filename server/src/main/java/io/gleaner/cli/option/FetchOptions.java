package io.gleaner.cli.option;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.job.FetchSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to ask for each page, as flags. */
public final class FetchOptions {

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Longest one attempt may take, 100ms to 5m (default 30s).")
    private Duration timeout = FetchSpec.TIMEOUT_DEFAULT;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            converter = HeaderConverter.class,
            description = "Request header to send to every page; may be repeated.")
    private List<Map.Entry<String, String>> headers = List.of();

    @Option(
            names = "--max-age",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Take a page that was fetched at most so long ago, up to 7 days, for a job that"
                            + " allowed the same (default 0s: fetch every page).")
    private Duration maxAge = Duration.ZERO;

    @Mixin private final RenderOptions render = new RenderOptions();

    @Mixin private final MannerOptions manners = new MannerOptions();

    @Option(names = "--ignore-robots", description = "Do not read robots.txt.")
    private boolean ignoreRobots;

    /**
     * @param start the page that it begins with
     */
    public FetchSpec spec(URI start) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> header : headers) {
            if (byName.put(header.getKey(), header.getValue()) != null) {
                throw CommandFailure.usage(
                        "--header %s is given twice; one value is accepted"
                                .formatted(header.getKey()));
            }
        }
        if (timeout.compareTo(FetchSpec.TIMEOUT_MIN) < 0
                || timeout.compareTo(FetchSpec.TIMEOUT_MAX) > 0) {
            throw CommandFailure.usage(
                    "--timeout %s is not between %s and %s"
                            .formatted(
                                    DurationConverter.text(timeout),
                                    DurationConverter.text(FetchSpec.TIMEOUT_MIN),
                                    DurationConverter.text(FetchSpec.TIMEOUT_MAX)));
        }
        if (maxAge.isNegative() || maxAge.compareTo(FetchSpec.MAX_AGE_MAX) > 0) {
            throw CommandFailure.usage(
                    "--max-age %s is not between 0s and %s"
                            .formatted(
                                    DurationConverter.text(maxAge),
                                    DurationConverter.text(FetchSpec.MAX_AGE_MAX)));
        }
        return new FetchSpec(byName, timeout, !ignoreRobots, maxAge, render.spec())
                .withManners(manners.manners(start, render.spec().mayRender()));
    }
}
