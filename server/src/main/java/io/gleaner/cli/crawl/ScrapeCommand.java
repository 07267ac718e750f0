package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Logs;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.ContentOptions;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.cli.option.FetchOptions;
import io.gleaner.cli.option.FieldNames;
import io.gleaner.cli.option.FormatConverter;
import io.gleaner.cli.option.ServiceOptions;
import io.gleaner.cli.option.Start;
import io.gleaner.cli.option.StartConverter;
import io.gleaner.export.PageLine;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Format;
import io.gleaner.job.Page;
import io.gleaner.store.StoredPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner scrape}: one page to stdout. */
@Command(
        name = "scrape",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {"Fetch one page and print it as Markdown, and nothing else, on stdout."},
        footer = {
            "",
            "Exit codes: 0 printed; 2 no page, the fault is on stderr; 64 bad usage;",
            "69 the service could not start; 130 interrupted.",
            "",
            "Examples:",
            "  gleaner scrape https://example.com/ > page.md",
            "  gleaner scrape https://example.com/ --format links",
            "  gleaner scrape https://example.com/ --explain",
            "  gleaner scrape https://example.com/ --render --screenshot shot.png --pdf page.pdf",
            "  gleaner scrape https://example.com/ --format markdown,links --json"
        })
public final class ScrapeCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "URL",
            converter = StartConverter.class,
            description = "The page; https is tried first where no scheme is given.")
    private @Nullable Start start;

    @Option(
            names = {"--format", "--formats"},
            paramLabel = "LIST",
            split = ",",
            converter = FormatConverter.class,
            description =
                    "What to print: markdown, html, rawHtml, text, links, images or metadata"
                        + " (default markdown); more than one, separated by commas, with --json.")
    private List<Format> formats = List.of(Format.MARKDOWN);

    @Option(
            names = "--json",
            description =
                    "Print the page as JSON: URL, status, metadata and every format asked for.")
    private boolean json;

    @Option(
            names = "--explain",
            description =
                    "Print how the main content was chosen: each block of the page, + taken or -"
                            + " left out, and its log odds.")
    private boolean explain;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Give up after this time, retries and crawl delays included (default 2m).")
    private Duration wait = Duration.ofMinutes(2);

    @Mixin private final ContentOptions content = new ContentOptions();
    @Mixin private final PictureOptions pictures = new PictureOptions();
    @Mixin private final FetchOptions fetch = new FetchOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public ScrapeCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet(environment);
        Settings settings = service.settings(environment).with(draft -> draft.http = false);
        if (start == null) {
            throw CommandFailure.usage("a URL is needed");
        }
        if (explain && json) {
            throw CommandFailure.usage("--explain prints for people, not JSON");
        }
        if (formats.size() > 1 && !json) {
            throw CommandFailure.usage(
                    "--format takes one format to print; add --json for more than one");
        }
        if (explain) {
            formats = List.of(Format.RAW_HTML);
        }
        ContentSpec contentSpec = content.spec(formats);
        URI url = Reach.url(start, settings, streams::say);
        FetchSpec plain = fetch.spec(url);
        FetchSpec fetchSpec = plain.withRender(pictures.addTo(plain.render()));
        Candidate page = checked(url, contentSpec, fetchSpec, settings);
        Reach.check(url, settings);
        var stop = StopSignals.listen(() -> streams.say("stopping; once more stops at once"));
        try (Gleaner gleaner = Gleaner.start(settings, streams::endFor)) {
            return new Scrape(gleaner, stop, wait)
                    .run(page, contentSpec, fetchSpec)
                    .map(stored -> print(gleaner, stored))
                    .orElseGet(stop::exitCode);
        }
    }

    private static Candidate checked(
            URI url, ContentSpec content, FetchSpec fetch, Settings settings) {
        try {
            return Gleaner.check(url.toString(), null, content, fetch, settings);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(FieldNames.asFlags(String.valueOf(e.getMessage())));
        }
    }

    private int print(Gleaner gleaner, Scrape.Result result) {
        if (result.page().page() instanceof Page.Content) {
            pictures.write(gleaner.pages(), result.job(), result.page().seq());
        }
        return print(result.page());
    }

    private int print(StoredPage stored) {
        if (json) {
            streams.out().writeBytes(PageLine.of(stored));
        }
        return switch (stored.page()) {
            case Page.Content page -> {
                if (!json) {
                    streams.out()
                            .print(
                                    explain
                                            ? Printed.explained(page)
                                            : Printed.of(page, formats.getFirst()));
                }
                yield ExitCodes.OK;
            }
            case Page.Fault fault -> {
                streams.say(
                        "%s: %s (%s; %s)"
                                .formatted(
                                        fault.url(),
                                        fault.code().meaning(),
                                        fault.code(),
                                        fault.detail()));
                yield ExitCodes.NOTHING_FETCHED;
            }
        };
    }
}
