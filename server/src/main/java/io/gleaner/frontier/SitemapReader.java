package io.gleaner.frontier;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Takes the addresses out of one sitemap, on a stream: a large one is never whole in memory. */
final class SitemapReader {

    private static final Set<String> ROOTS = Set.of("urlset", "sitemapindex", "rss", "RDF", "feed");

    /** Characters that hold an XML declaration. */
    private static final int DECLARATION_MAX = 200;

    private final URI url;
    private final LinkedHashSet<String> found = new LinkedHashSet<>();
    private boolean tooMany;

    SitemapReader(URI url) {
        this.url = url;
    }

    SitemapContent xml(BufferedInputStream in) throws IOException {
        var xml = new SitemapXml(url, this::take);
        String problem = null;
        try {
            xml.read(new BareAmpersands(decoded(in)));
        } catch (XMLStreamException e) {
            problem = "it breaks off: " + firstLine(e);
        }
        if (!ROOTS.contains(xml.root())) {
            return SitemapContent.nothing(
                    problem == null || !xml.root().isEmpty()
                            ? "it is no sitemap: " + xml.root()
                            : problem);
        }
        return content(xml.root().equals("sitemapindex"), problem);
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
        return content(false, null);
    }

    private SitemapContent content(boolean index, @Nullable String broken) {
        String problem =
                tooMany
                        ? "it has over %d entries, the rest was ignored"
                                .formatted(Sitemaps.ENTRIES_MAX)
                        : broken;
        if (found.isEmpty()) {
            return SitemapContent.nothing(problem == null ? "it lists no addresses" : problem);
        }
        return index
                ? new SitemapContent(List.of(), children(), problem)
                : new SitemapContent(List.copyOf(found), List.of(), problem);
    }

    private static void append(StringBuilder line, char[] buffer, int from, int to) {
        if (line.length() <= Urls.URL_CHARS_MAX) {
            line.append(buffer, from, to - from);
        }
    }

    private void line(String line) {
        if (line.length() <= Urls.URL_CHARS_MAX
                && (line.startsWith("http://") || line.startsWith("https://"))) {
            take(line);
        }
    }

    /** Says whether it takes more. */
    private boolean take(String address) {
        if (found.size() < Sitemaps.ENTRIES_MAX) {
            found.add(address);
        } else {
            tooMany |= !found.contains(address);
        }
        return !tooMany;
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

    // Decoded here: the parser tells stderr of each byte that is none of its encoding.
    private static Reader decoded(BufferedInputStream in) throws IOException {
        in.mark(DECLARATION_MAX);
        var start = new String(in.readNBytes(DECLARATION_MAX), StandardCharsets.ISO_8859_1);
        in.reset();
        boolean utf16 =
                start.startsWith("\u00FE\u00FF")
                        || start.startsWith("\u00FF\u00FE")
                        || start.startsWith("<\0");
        Charset charset =
                !utf16
                        ? declared(start)
                        : start.startsWith("<")
                                ? StandardCharsets.UTF_16LE
                                : StandardCharsets.UTF_16;
        return new BufferedReader(new InputStreamReader(in, charset));
    }

    private static Charset declared(String start) {
        int at = start.indexOf("encoding=");
        int from = at + "encoding=".length() + 1;
        if (at < 0 || !start.startsWith("<?xml") || from >= start.length()) {
            return StandardCharsets.UTF_8;
        }
        int to = start.indexOf(start.charAt(from - 1), from);
        try {
            Charset charset = Charset.forName(start.substring(from, Math.max(from, to)));
            return charset.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String firstLine(XMLStreamException e) {
        return String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse("no XML");
    }
}
