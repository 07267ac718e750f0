package io.gleaner.export;

import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import java.util.List;

/**
 * One export.
 *
 * @param job as it was when the export began: later pages are not in it
 * @param columns of a table, by name; none for the usual ones
 * @param markdownMaxBytes most bytes of a single Markdown file
 * @param archiveName how the index of an archive names the archive's file
 */
public record ExportOrder(
        Job job,
        ExportFormat format,
        List<String> columns,
        long markdownMaxBytes,
        String archiveName) {

    public static final long MARKDOWN_DEFAULT_BYTES = 1_000_000;
    public static final long MARKDOWN_MIN_BYTES = 1_000;
    public static final long MARKDOWN_MAX_BYTES = 1L << 30;

    public ExportOrder {
        columns = List.copyOf(columns);
        if (!columns.isEmpty()) {
            if (!format.isTable()) {
                throw new IllegalArgumentException(
                        "columns are chosen of csv and parquet, not of " + format.wireName());
            }
            Columns.chosen(job.spec(), columns);
        }
        if (format.isArchive() && !job.spec().fetch().warc()) {
            throw new IllegalArgumentException(
                    format.wireName()
                            + " is made of what came over the wire, which this job does not keep:"
                            + " submit it with \"warc\": true");
        }
    }

    /** With the usual columns and sizes. */
    public static ExportOrder of(Job job, ExportFormat format) {
        return new ExportOrder(
                job, format, List.of(), MARKDOWN_DEFAULT_BYTES, fileName(job, ExportFormat.WARC));
    }

    /** What a file with it is called where nobody says. */
    public static String fileName(Job job, ExportFormat format) {
        return "gleaner-" + job.id() + format.extension();
    }

    JobSpec spec() {
        return job.spec();
    }
}
