package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives every URL of a crawl its place in the output folder: a relative path without extension that
 * mirrors the site.
 *
 * <p>{@code https://a.example/docs/intro.html?x=1} becomes {@code a.example/docs/intro@x=1}, or
 * {@code docs/intro@x=1} in a crawl that starts at {@code a.example}, and a path that ends in a
 * slash becomes {@code index}. Two URLs never share a place, also where the file system does not
 * tell upper case from lower case: the later one gets {@code ~} and a part of its hash. A URL that
 * is placed again keeps its place, so placing the same URLs in the same order gives the same tree.
 */
public final class SiteTree {

    /** Extensions of the files that are written; longest first. */
    public static final List<String> EXTENSIONS =
            List.of(
                    ".chunks.json",
                    ".links.json",
                    ".images.json",
                    ".raw.html",
                    ".html",
                    ".txt",
                    ".md");

    private static final List<String> PAGE_EXTENSIONS = List.of(".html", ".htm", ".xhtml");
    private static final List<String> RESERVED_STEMS =
            List.of(".chunks", ".links", ".images", ".raw");
    private static final int PATH_BYTES_MAX = 500;
    private static final int QUERY_READABLE_MAX = 48;
    private static final int QUERY_HASH_DIGITS = 16;
    private static final int[] CLASH_HASH_DIGITS = {8, 16, 32, 64};

    /** Hash of a folded place to hash of the URL that has it: 16 bytes a page, not 200. */
    private final LongTable owners = new LongTable();

    private final SafeName names;
    private final @Nullable String home;

    /** A tree with a folder for each host. */
    public SiteTree(SafeName names) {
        this(names, null);
    }

    /**
     * @param home the host whose pages lie at the top, or null when each host has a folder
     */
    SiteTree(SafeName names, @Nullable String home) {
        this.names = names;
        this.home = home;
    }

    /** One whose top is the site of this URL. */
    public static SiteTree at(SafeName names, String start) {
        return new SiteTree(names, bare(UrlParts.of(start).host()));
    }

    private static String bare(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }

    /** The place of a URL: parts separated by {@code /}, never absolute, never climbing. */
    public String place(String url) {
        long owner = Hash.bits64(url);
        String wanted = wanted(url);
        if (take(wanted, owner)) {
            return wanted;
        }
        for (int digits : CLASH_HASH_DIGITS) {
            String other = wanted + "~" + Hash.hex(url, digits);
            if (take(other, owner)) {
                return other;
            }
        }
        throw new IllegalStateException("no place left for " + url);
    }

    private boolean take(String place, long owner) {
        return owners.putIfAbsent(Hash.bits64(folded(place)), owner) == owner;
    }

    // Upper case first unites what lower case alone keeps apart, such as ß and SS.
    private static String folded(String place) {
        String upper = Normalizer.normalize(place, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
    }

    private String wanted(String url) {
        UrlParts parts = UrlParts.of(url);
        var segments = new ArrayList<String>();
        if (!bare(parts.host()).equals(home)) {
            segments.add(folder(parts.host()));
        }
        String[] path = parts.path().split("/", -1);
        for (int i = 1; i < path.length - 1; i++) {
            if (!path[i].isEmpty()) {
                segments.add(folder(path[i]));
            }
        }
        segments.add(stem(path[path.length - 1], parts.query()));
        String place = String.join("/", segments);
        return place.getBytes(UTF_8).length <= PATH_BYTES_MAX
                ? place
                : folder(parts.host()) + "/_long/" + Hash.hex(url, 32);
    }

    // A folder with one of our extensions could meet a page's file of that name.
    private String folder(String part) {
        String name = names.of(part);
        String lower = name.toLowerCase(Locale.ROOT);
        boolean reserved =
                EXTENSIONS.stream().anyMatch(lower::endsWith) || lower.endsWith(".ndjson");
        return reserved ? name + "_" : name;
    }

    private String stem(String part, String query) {
        String name = names.of(part.isEmpty() ? "index" : withoutPageExtension(part));
        if (!query.isEmpty()) {
            name = names.of(name + "@" + readable(query));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED_STEMS.stream().anyMatch(lower::endsWith) ? name + "_" : name;
    }

    private String readable(String query) {
        return query.length() <= QUERY_READABLE_MAX
                ? names.of(query.replace('&', '+'))
                : Hash.hex(query, QUERY_HASH_DIGITS);
    }

    private static String withoutPageExtension(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        return PAGE_EXTENSIONS.stream()
                .filter(extension -> lower.endsWith(extension))
                .filter(extension -> part.length() > extension.length())
                .map(extension -> part.substring(0, part.length() - extension.length()))
                .findFirst()
                .orElse(part);
    }

    /** The folder that a host's pages lie in. */
    public static String hostFolder(URI url) {
        return new SiteTree(SafeName.ofThisSystem()).folder(UrlParts.of(url.toString()).host());
    }

    /**
     * The parts of a URL that make its place.
     *
     * @param host lower-case host and any port, {@code :} as {@code _}
     * @param path starts with a slash
     * @param query without the question mark, empty when there is none
     */
    private record UrlParts(String host, String path, String query) {

        // By hand, because a URL that java.net.URI refuses needs a place too.
        static UrlParts of(String url) {
            String rest = url.substring(url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3);
            int hash = rest.indexOf('#');
            if (hash >= 0) {
                rest = rest.substring(0, hash);
            }
            int mark = rest.indexOf('?');
            String query = mark < 0 ? "" : rest.substring(mark + 1);
            String before = mark < 0 ? rest : rest.substring(0, mark);
            int slash = before.indexOf('/');
            String authority = slash < 0 ? before : before.substring(0, slash);
            String host = authority.substring(authority.lastIndexOf('@') + 1);
            return new UrlParts(
                    host.replace("[", "")
                            .replace("]", "")
                            .replace(':', '_')
                            .toLowerCase(Locale.ROOT),
                    slash < 0 ? "/" : before.substring(slash),
                    query);
        }
    }
}
