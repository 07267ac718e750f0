package io.gleaner.cli.crawl;

import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.Logs;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.folder.CrawlExports;
import io.gleaner.cli.option.ContentOptions;
import io.gleaner.cli.option.ExportFormatConverter;
import io.gleaner.cli.option.FetchOptions;
import io.gleaner.cli.option.FormatConverter;
import io.gleaner.cli.option.ScopeOptions;
import io.gleaner.cli.option.ServiceOptions;
import io.gleaner.cli.option.Start;
import io.gleaner.cli.option.StartConverter;
import io.gleaner.export.ExportFormat;
import io.gleaner.export.SiteTree;
import io.gleaner.job.Candidate;
import io.gleaner.job.Format;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner crawl}: a site into a folder, resumable. */
@Command(
        name = "crawl",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Fetch a site into a folder: one Markdown file a page, in a tree that mirrors the"
                    + " site,",
            "and pages.ndjson with everything.",
            "",
            "Ctrl-C stops cleanly; the same command goes on where it stopped, also after a crash."
        },
        footer = {
            "",
            "Exit codes: 0 every page fetched; 1 some faults; 2 nothing fetched; 64 bad usage;",
            "69 the service could not start; 74 the folder cannot be written; 130 interrupted.",
            "",
            "Examples:",
            "  gleaner crawl docs.example.com --limit 500",
            "  gleaner crawl https://example.com/ --include '^/blog/' --out blog --formats"
                    + " markdown,links",
            "  gleaner crawl docs.example.com --limit 500 --recrawl",
            "  gleaner crawl http://127.0.0.1:8000/ --allow-private-networks --crawl-delay-min 0s"
        })
public final class CrawlCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "URL",
            converter = StartConverter.class,
            description = "Where to start; https is tried first where no scheme is given.")
    private @Nullable Start start;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder to write to (default ./out/HOST).")
    private @Nullable Path out;

    @Option(
            names = "--formats",
            paramLabel = "LIST",
            split = ",",
            converter = FormatConverter.class,
            description =
                    "What to keep of each page, separated by commas: markdown, html, rawHtml, text,"
                            + " links, images, metadata (default markdown).")
    private List<Format> formats = List.of(Format.MARKDOWN);

    @Option(
            names = "--format",
            paramLabel = "LIST",
            split = ",",
            converter = ExportFormatConverter.class,
            description =
                    "Files to write of all pages besides, separated by commas: csv, parquet,"
                            + " markdown, markdown.zip, warc with its cdx.")
    private List<ExportFormat> exports = List.of();

    @Mixin private final ScopeOptions scope = new ScopeOptions();
    @Mixin private final ContentOptions content = new ContentOptions();
    @Mixin private final FetchOptions fetch = new FetchOptions();

    @Option(
            names = "--recrawl",
            description =
                    "Crawl again what the folder holds: only what has changed is sent, and what is"
                            + " new, changed and gone is told.")
    private boolean recrawl;

    @Option(
            names = "--restart",
            description = "Begin anew: remove what an earlier crawl wrote to the folder.")
    private boolean restart;

    @Option(
            names = "--summary-json",
            paramLabel = "FILE",
            description = "Write the summary to this file as JSON.")
    private @Nullable Path summaryJson;

    @Option(names = "--quiet", description = "Show neither progress nor summary.")
    private boolean quiet;

    @Mixin private final ServiceOptions service = new ServiceOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public CrawlCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet(environment);
        CrawlOrder order = order();
        Candidate seed = order.seed();
        var stop = StopSignals.listen(() -> streams.say("stopping; once more stops at once"));
        CrawlSummary summary;
        try (Progress progress = Progress.of(streams, quiet)) {
            summary = new Crawl(order, seed, progress, stop, streams::say, streams::endFor).run();
        }
        summary.write(summaryJson);
        if (!quiet) {
            streams.out().print(summary.text());
        }
        return summary.exitCode(stop);
    }

    private CrawlOrder order() throws InterruptedException {
        if (start == null) {
            throw CommandFailure.usage("a URL is needed");
        }
        Settings settings = service.settings(environment).with(draft -> draft.http = false);
        URI url = Reach.url(start, settings, streams::say);
        Path folder = out == null ? Path.of("out", SiteTree.hostFolder(url)) : out;
        return new CrawlOrder(
                scope.spec(url),
                content.spec(formats),
                fetch.spec(url).withWarc(CrawlExports.needArchive(exports)),
                folder,
                exports,
                recrawl,
                restart,
                settings);
    }
}
