package io.gleaner.extract;

import io.gleaner.content.PageType;
import io.gleaner.write.Escape;
import io.gleaner.write.TextWriter;
import io.gleaner.write.UrlResolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a page says about itself. */
final class Metadata {

    /** The names of meta elements, lower case, and what each is stored as; earlier ones win. */
    private static final List<Map.Entry<String, String>> NAMES =
            List.of(
                    Map.entry("description", "description"),
                    Map.entry("og:title", "ogTitle"),
                    Map.entry("og:description", "ogDescription"),
                    Map.entry("og:image", "ogImage"),
                    Map.entry("og:image:url", "ogImage"),
                    Map.entry("og:url", "ogUrl"),
                    Map.entry("og:type", "ogType"),
                    Map.entry("og:site_name", "ogSiteName"),
                    Map.entry("og:locale", "ogLocale"),
                    Map.entry("article:published_time", "publishedTime"),
                    Map.entry("datepublished", "publishedTime"),
                    Map.entry("date", "publishedTime"),
                    Map.entry("dc.date", "publishedTime"),
                    Map.entry("article:modified_time", "modifiedTime"),
                    Map.entry("og:updated_time", "modifiedTime"),
                    Map.entry("datemodified", "modifiedTime"),
                    Map.entry("last-modified", "modifiedTime"),
                    Map.entry("author", "author"),
                    Map.entry("article:author", "author"),
                    Map.entry("keywords", "keywords"),
                    Map.entry("robots", "robots"),
                    Map.entry("generator", "generator"),
                    Map.entry("pages", "pageCount"));

    private final Document document;
    private final PageScan scan;
    private final UrlResolver urls;
    private final int valueCharsMax;
    private final Optional<PageType> type;
    private final Map<String, String> metas = new LinkedHashMap<>();

    private Metadata(
            Document document,
            PageScan scan,
            UrlResolver urls,
            int valueCharsMax,
            Optional<PageType> type) {
        this.document = document;
        this.scan = scan;
        this.urls = urls;
        this.valueCharsMax = valueCharsMax;
        this.type = type;
    }

    static Map<String, String> of(
            Document document,
            PageScan scan,
            UrlResolver urls,
            int valueCharsMax,
            Optional<PageType> type) {
        return new Metadata(document, scan, urls, valueCharsMax, type).read();
    }

    /** The title for people: the title element, or what social networks show, or the heading. */
    static String title(PageScan scan) {
        String title = scan.title == null ? "" : Escape.oneLine(scan.title.wholeText());
        if (title.isEmpty()) {
            for (var meta : scan.metas) {
                if (title.isEmpty() && meta.attr("property").equalsIgnoreCase("og:title")) {
                    title = Escape.oneLine(meta.attr("content"));
                }
            }
        }
        if (title.isEmpty() && scan.firstHeading != null) {
            title =
                    Escape.oneLine(
                            TextWriter.of(scan.firstHeading, Integer.MAX_VALUE, scan.effort));
        }
        return title;
    }

    private Map<String, String> read() {
        for (var meta : scan.metas) {
            for (String key : List.of("property", "name", "itemprop", "http-equiv")) {
                String name = meta.attr(key).toLowerCase(Locale.ROOT);
                if (!name.isEmpty()) {
                    metas.putIfAbsent(name, meta.attr("content"));
                }
            }
        }
        var found = new LinkedHashMap<String, String>();
        put(found, "title", title(scan));
        put(found, "language", language());
        put(found, "canonical", canonical(scan, urls));
        for (var name : NAMES) {
            put(found, name.getValue(), metas.getOrDefault(name.getKey(), ""));
        }
        put(found, "description", metas.getOrDefault("og:description", ""));
        absolute(found, "ogImage");
        absolute(found, "ogUrl");
        put(found, "favicon", favicon());
        type.ifPresent(it -> put(found, "pageType", it.wireName()));
        return found;
    }

    private void put(Map<String, String> found, String name, @Nullable String value) {
        if (value != null && value.length() <= valueCharsMax) {
            String line = Escape.oneLine(value);
            if (!line.isEmpty()) {
                found.putIfAbsent(name, line);
            }
        }
    }

    private void absolute(Map<String, String> found, String name) {
        found.computeIfPresent(name, (_, reference) -> urls.http(reference));
    }

    private String language() {
        var html = document.selectFirst("html");
        String language = html == null ? "" : html.attr("lang");
        if (language.isBlank() && html != null) {
            language = html.attr("xml:lang");
        }
        return language.isBlank() ? metas.getOrDefault("content-language", "") : language;
    }

    private @Nullable String favicon() {
        var icon = linked(scan, urls, "icon");
        return icon != null ? icon : linked(scan, urls, "apple-touch-icon");
    }

    /** The URL that the page says it is at, or null. */
    static @Nullable String canonical(PageScan scan, UrlResolver urls) {
        return linked(scan, urls, "canonical");
    }

    private static @Nullable String linked(PageScan scan, UrlResolver urls, String relation) {
        for (Element link : scan.links) {
            for (String rel : link.attr("rel").split("\\s+", -1)) {
                if (rel.equalsIgnoreCase(relation)) {
                    var url = urls.http(link.attr("href"));
                    if (url != null) {
                        return url;
                    }
                }
            }
        }
        return null;
    }
}
