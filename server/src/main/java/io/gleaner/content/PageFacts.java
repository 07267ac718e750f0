package io.gleaner.content;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page says of itself besides its text.
 *
 * @param title of its title element, or of its metadata
 * @param description of its metadata
 * @param ogType lower case
 * @param types of its structured data: names of schema.org in lower case
 * @param told every three words in a row that its structured data and descriptions have, as hashes
 */
public record PageFacts(
        String title, String description, String ogType, Set<String> types, long[] told) {

    private static final Pattern TYPE =
            Pattern.compile("\"@type\"\\s*:\\s*(\\[[^\\]]*\\]|\"[^\"]*\")");
    private static final Pattern NAME = Pattern.compile("\"(?:https?://schema\\.org/)?(\\w+)\"");
    private static final int JSON_CHARS_MAX = 1 << 20;
    private static final int TOLD_CHARS_MAX = 1 << 17;

    /** The type of scripts that are data about the page. */
    public static final String STRUCTURED = "application/ld+json";

    public PageFacts {
        types = Set.copyOf(types);
    }

    /** Of a page that nobody has looked through yet. */
    public static PageFacts of(Document document) {
        return of(
                document.title(),
                document.select("meta"),
                document.select("script[type=" + STRUCTURED + "]"));
    }

    /**
     * @param metas its meta elements
     * @param scripts those of {@link #STRUCTURED}
     */
    public static PageFacts of(String titled, List<Element> metas, List<Element> scripts) {
        String title = titled;
        String description = "";
        String ogType = "";
        Set<String> types = new HashSet<>();
        var told = LongStream.builder();
        for (Element meta : metas) {
            String name = meta.hasAttr("property") ? meta.attr("property") : meta.attr("name");
            switch (name.toLowerCase(Locale.ROOT)) {
                case "og:type" -> ogType = meta.attr("content").strip().toLowerCase(Locale.ROOT);
                case "og:title" -> title = title.isEmpty() ? meta.attr("content") : title;
                case "description", "og:description" -> {
                    description = description.isEmpty() ? meta.attr("content") : description;
                    WordHash.triples(meta.attr("content"), told);
                }
                default -> {}
            }
        }
        for (Element script : scripts) {
            String json = script.data();
            WordHash.triples(json.substring(0, Math.min(TOLD_CHARS_MAX, json.length())), told);
            if (json.length() <= JSON_CHARS_MAX) {
                Matcher type = TYPE.matcher(json);
                while (type.find()) {
                    Matcher one = NAME.matcher(type.group(1));
                    while (one.find()) {
                        types.add(one.group(1).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return new PageFacts(title, description, ogType, types, told.build().toArray());
    }
}
