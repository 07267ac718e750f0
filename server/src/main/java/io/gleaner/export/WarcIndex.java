package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import org.netpreserve.jwarc.cdx.CdxFormat;

/**
 * The index of a web archive (CDX, 11 fields, sorted): where each capture lies in the file. The
 * archive is made once more for it and thrown away.
 */
final class WarcIndex {

    private WarcIndex() {}

    static void write(Job job, String archiveName, PageFeed feed, OutputStream out)
            throws IOException, InterruptedException {
        try (var lines = new SortedLines()) {
            WarcFile.write(
                    job,
                    feed,
                    OutputStream.nullOutputStream(),
                    (record, start, length) ->
                            lines.add(CdxFormat.CDX11.format(record, archiveName, start, length)));
            out.write((" CDX " + CdxFormat.CDX11_LEGEND + "\n").getBytes(UTF_8));
            lines.writeTo(out);
        }
    }
}
