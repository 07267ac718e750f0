package io.gleaner.frontier;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.GZIPInputStream;

/**
 * Reads sitemaps: XML, sitemap indexes, RSS, Atom and plain text, also gzipped.
 *
 * <p>Limits of the protocol (sitemaps.org) hold: 50,000 entries, 50 MiB decompressed. Document type
 * definitions are skipped, so there are no entities to expand and nothing to load.
 */
public final class Sitemaps {

    public static final int ENTRIES_MAX = 50_000;
    public static final int BYTES_MAX = 50 * 1024 * 1024;

    private static final String TOO_LARGE =
            "it is over %d bytes, the rest was ignored".formatted(BYTES_MAX);

    private Sitemaps() {}

    /**
     * Reads a sitemap. Never throws for what is in it.
     *
     * @param body as sent; what it is shows in its first bytes
     * @param mediaType as sent; tells plain text from a web page
     * @param url where it came from; relative addresses in feeds are resolved against it
     */
    public static SitemapContent parse(byte[] body, String mediaType, URI url) {
        try (var bytes = new BudgetedStream(decompressed(body), BYTES_MAX);
                var in = new BufferedInputStream(bytes)) {
            var content = read(in, mediaType, new SitemapReader(url));
            return bytes.exceeded() && content.problem() == null
                    ? new SitemapContent(content.urls(), content.children(), TOO_LARGE)
                    : content;
        } catch (IOException e) {
            return SitemapContent.nothing("it cannot be read: " + e.getMessage());
        } catch (RuntimeException e) { // of a library: a hostile file must not end a crawl
            return SitemapContent.nothing("it cannot be parsed: " + e);
        }
    }

    private static SitemapContent read(
            BufferedInputStream in, String mediaType, SitemapReader reader) throws IOException {
        if (skipToTag(in)) {
            return reader.xml(in);
        }
        return mediaType.startsWith("text/html")
                ? SitemapContent.nothing("it is a web page")
                : reader.text(in);
    }

    private static InputStream decompressed(byte[] body) throws IOException {
        var in = new ByteArrayInputStream(body);
        boolean gzip = body.length > 2 && body[0] == (byte) 0x1F && body[1] == (byte) 0x8B;
        return gzip ? new GZIPInputStream(in) : in;
    }

    /** Skips a byte order mark and white space; says whether XML follows. */
    private static boolean skipToTag(BufferedInputStream in) throws IOException {
        while (true) {
            in.mark(1);
            int c = in.read();
            boolean bom = c == 0xEF || c == 0xBB || c == 0xBF;
            boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!bom && !space) {
                in.reset();
                return c == '<' || c == 0xFE || c == 0xFF; // the latter two: UTF-16
            }
        }
    }
}
