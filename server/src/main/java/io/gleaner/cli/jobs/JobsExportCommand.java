package io.gleaner.cli.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.folder.Draft;
import io.gleaner.cli.option.ExportFormatConverter;
import io.gleaner.cli.option.ServerAddress;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.export.ExportFormat;
import io.gleaner.export.ExportOrder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner jobs export}: what a job has brought, as a file. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Write the pages of a job to a file: those that it has by now.",
            "",
            "The file is there when it is whole, and not before; one that breaks off is asked for"
                    + " anew."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner jobs export 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --format csv --out"
                    + " pages.csv",
            "  gleaner jobs export 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --format csv --columns"
                    + " url,fields.price --out prices.csv",
            "  gleaner jobs export 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --format warc --out"
                    + " site.warc.gz     (and site.cdx)"
        })
public final class JobsExportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            converter = JobIdConverter.class,
            description = "The job's id, as 'gleaner jobs list' shows it.")
    private @Nullable UUID id;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            converter = ExportFormatConverter.class,
            description = "ndjson, csv, parquet, markdown, markdown.zip, warc or cdx.")
    private ExportFormat format = ExportFormat.NDJSON;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default gleaner-ID with the format's extension).")
    private @Nullable Path out;

    @Option(
            names = "--columns",
            paramLabel = "LIST",
            description = "Of csv and parquet: the columns, separated by commas.")
    private @Nullable String columns;

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            description = "Of markdown: most bytes of the file (default 1000000).")
    private long maxBytes = ExportOrder.MARKDOWN_DEFAULT_BYTES;

    @Mixin private final ServerAddress server = new ServerAddress();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsExportCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerClient client = server.client(environment);
        Path file = out == null ? Path.of("gleaner-" + id + format.extension()) : out;
        if (format == ExportFormat.WARC) {
            // First, for an archive that is made later has all that the index knows.
            save(client, ExportFormat.CDX, index(file), "&archive=" + encoded(name(file)));
        }
        String more =
                switch (format) {
                    case CSV, PARQUET -> columns == null ? "" : "&columns=" + encoded(columns);
                    case MARKDOWN -> "&maxBytes=" + maxBytes;
                    case CDX, NDJSON, MARKDOWN_ZIP, WARC -> "";
                };
        save(client, format, file, more);
        return ExitCodes.OK;
    }

    private void save(ServerClient client, ExportFormat what, Path file, String more)
            throws InterruptedException {
        try (var draft = new Draft(file)) {
            client.save(
                    "/api/jobs/%s/export?format=%s%s".formatted(id, what.wireName(), more),
                    draft.path());
            draft.keep();
            streams.out().println(file);
        } catch (IOException e) {
            throw CommandFailure.output(file, e, "");
        }
    }

    /** Beside the archive, with its own extension. */
    static Path index(Path archive) {
        String name = name(archive);
        String extension = ExportFormat.WARC.extension();
        String stem =
                name.endsWith(extension)
                        ? name.substring(0, name.length() - extension.length())
                        : name;
        return archive.resolveSibling(stem + ExportFormat.CDX.extension());
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
