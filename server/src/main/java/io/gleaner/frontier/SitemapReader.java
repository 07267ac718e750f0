package io.gleaner.frontier;

import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;

/**
 * The library's parser, used on a stream so that a large sitemap is never whole in memory, and for
 * its addresses only. They are taken as they pass its filter: its own entries leave out those that
 * are no strict URIs, which sitemaps are full of.
 */
final class SitemapReader extends SiteMapParser {

    private final URL url;
    private final LinkedHashSet<String> found = new LinkedHashSet<>();
    private boolean tooMany;

    SitemapReader(URL url) {
        super(false, true); // not only below the sitemap's own folder; what precedes a fault counts
        this.url = url;
        setURLFilter(this::take);
    }

    SitemapContent xml(InputStream in) throws UnknownFormatException {
        boolean index = processXml(url, new InputSource(in)).isIndex();
        return index
                ? new SitemapContent(List.of(), children(), problem())
                : new SitemapContent(List.copyOf(found), List.of(), problem());
    }

    /** One address a line; a line that is too long for one is skipped without being kept. */
    SitemapContent text(InputStream in) throws IOException {
        var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        var buffer = new char[8 * 1024];
        var line = new StringBuilder();
        int count = reader.read(buffer);
        while (count >= 0 && !tooMany) {
            int from = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n' || buffer[i] == '\r') {
                    append(line, buffer, from, i);
                    line(line.toString().strip());
                    line.setLength(0);
                    from = i + 1;
                }
            }
            append(line, buffer, from, count);
            count = reader.read(buffer);
        }
        line(line.toString().strip());
        return found.isEmpty()
                ? SitemapContent.nothing("it lists no addresses")
                : new SitemapContent(List.copyOf(found), List.of(), problem());
    }

    private static void append(StringBuilder line, char[] buffer, int from, int to) {
        if (line.length() <= Urls.URL_CHARS_MAX) {
            line.append(buffer, from, to - from);
        }
    }

    private void line(String line) {
        if (line.startsWith("http://") || line.startsWith("https://")) {
            take(line);
        }
    }

    private @Nullable String take(String address) {
        if (found.size() >= Sitemaps.ENTRIES_MAX) {
            tooMany |= !found.contains(address);
            return null;
        }
        if (address.length() <= Urls.URL_CHARS_MAX) {
            found.add(address);
        }
        return address;
    }

    private List<URI> children() {
        return found.stream().flatMap(address -> child(address).stream()).toList();
    }

    private static Optional<URI> child(String address) {
        try {
            return Optional.of(URI.create(UrlParser.parse(address).text()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable String problem() {
        return tooMany
                ? "it has over %d entries, the rest was ignored".formatted(Sitemaps.ENTRIES_MAX)
                : null;
    }
}
