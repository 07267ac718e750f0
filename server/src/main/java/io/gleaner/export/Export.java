package io.gleaner.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a job's pages to a stream, in one format. */
public final class Export {

    private Export() {}

    /**
     * Writes all of it. The stream is flushed and left open; after an exception what is written is
     * no whole file.
     *
     * @throws IOException when the stream fails, or a temporary file
     */
    public static void write(ExportOrder order, PageFeed feed, OutputStream out)
            throws IOException, InterruptedException {
        switch (order.format()) {
            case NDJSON -> feed.pages(page -> out.write(PageLine.of(page)));
            case CSV -> new CsvTable(columns(order), out).write(feed);
            case PARQUET -> new ParquetTable(columns(order), out).write(feed);
            case MARKDOWN -> new SingleMarkdown(order.markdownMaxBytes(), out).write(feed);
            case MARKDOWN_ZIP -> MarkdownZip.write(order.spec(), feed, out);
            case WARC -> WarcFile.write(order.job(), feed, out);
            case CDX -> WarcIndex.write(order.job(), order.archiveName(), feed, out);
        }
        out.flush();
    }

    private static List<Column> columns(ExportOrder order) {
        if (!order.columns().isEmpty()) {
            return Columns.chosen(order.spec(), order.columns());
        }
        return order.format() == ExportFormat.CSV
                ? Columns.small(order.spec())
                : Columns.all(order.spec());
    }
}
