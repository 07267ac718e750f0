package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.FieldNames;
import io.gleaner.cli.option.ScopeOptions;
import io.gleaner.cli.option.Start;
import io.gleaner.cli.option.StartConverter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner url explain}: what a crawl with these options makes of one URL, and why. */
@Command(
        name = "explain",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Show what a crawl makes of a URL: as it is fetched, what it is the same page as, and",
            "whether it is inside the crawl. Nothing is fetched."
        })
public final class UrlExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "URL", description = "The URL, as a page has it.")
    private @Nullable String url;

    @Option(
            names = "--start",
            paramLabel = "URL",
            converter = StartConverter.class,
            description = "Where the crawl starts (default the URL itself).")
    private @Nullable Start start;

    @Mixin private final ScopeOptions scope = new ScopeOptions();

    private final Streams streams;

    public UrlExplainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        try {
            Start given = new StartConverter().convert(String.valueOf(url));
            Start from = start == null ? given : start;
            streams.out().print(Gleaner.explainUrl(given.url().toString(), scope.spec(from.url())));
            return ExitCodes.OK;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(FieldNames.asFlags(String.valueOf(e.getMessage())));
        }
    }
}
