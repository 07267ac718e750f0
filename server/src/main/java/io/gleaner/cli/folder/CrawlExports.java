package io.gleaner.cli.folder;

import io.gleaner.app.Gleaner;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.Export;
import io.gleaner.export.ExportFormat;
import io.gleaner.export.ExportOrder;
import io.gleaner.export.PageFeed;
import io.gleaner.job.Job;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The files that {@code --format} adds to a crawl's folder: {@code pages} with the extension of the
 * format. {@code pages.ndjson} is there anyway.
 */
public final class CrawlExports {

    private static final String STEM = "pages";

    private final Path folder;
    private final SequencedSet<ExportFormat> formats;

    public CrawlExports(Path folder, List<ExportFormat> wanted) {
        this.folder = folder;
        this.formats = new LinkedHashSet<>(wanted);
        if (formats.contains(ExportFormat.WARC)) {
            formats.add(ExportFormat.CDX);
        }
        formats.remove(ExportFormat.NDJSON);
    }

    /** Whether a job has to keep what comes over the wire for them. */
    public static boolean needArchive(List<ExportFormat> wanted) {
        return wanted.stream().anyMatch(ExportFormat::isArchive);
    }

    public boolean areThere() {
        return formats.stream().allMatch(format -> Files.exists(file(folder, format)));
    }

    public void write(Gleaner gleaner, Job job) throws InterruptedException {
        for (ExportFormat format : formats) {
            write(gleaner, job, format);
        }
    }

    private void write(Gleaner gleaner, Job job, ExportFormat format) throws InterruptedException {
        Path file = file(folder, format);
        var order =
                new ExportOrder(
                        job,
                        format,
                        List.of(),
                        ExportOrder.MARKDOWN_DEFAULT_BYTES,
                        STEM + ExportFormat.WARC.extension());
        var feed = new PageFeed(gleaner.pages(), job.id(), job.done(), bytes -> {});
        try (var draft = new Draft(file)) {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(draft.path()), 64 << 10)) {
                Export.write(order, feed, out);
            }
            draft.keep();
        } catch (IOException e) {
            throw CommandFailure.output(file, e, CrawlFolder.NOTHING_IS_LOST);
        }
    }

    /** Removes what an earlier crawl has written. */
    static void clear(Path folder) throws IOException {
        for (ExportFormat format : ExportFormat.values()) {
            if (format != ExportFormat.NDJSON) {
                Files.deleteIfExists(file(folder, format));
            }
        }
    }

    private static Path file(Path folder, ExportFormat format) {
        return folder.resolve(STEM + format.extension());
    }
}
