package io.gleaner.feed;

import io.gleaner.select.Effort;
import java.util.Locale;
import java.util.Optional;

/** Reads feeds. Any number of threads may share it. */
public final class FeedReader {

    private static final int SNIFFED_CHARS = 4_096;

    private FeedReader() {}

    /**
     * A document as HTML, or empty when it is no feed.
     *
     * @param mediaType without parameters
     * @throws io.gleaner.select.OverrunException when a limit is met
     */
    public static Optional<String> html(String text, String mediaType, Effort effort) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        String start = text.substring(0, Math.min(text.length(), SNIFFED_CHARS));
        if (isJson(type) && start.contains("jsonfeed.org/version/")) {
            effort.chars(text.length());
            return JsonFeed.read(text).map(feed -> HtmlOfFeed.of(feed, effort));
        }
        return isXml(type) && mayBeFeed(start)
                ? XmlFeed.read(text, effort).map(feed -> HtmlOfFeed.of(feed, effort))
                : Optional.empty();
    }

    private static boolean isJson(String type) {
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private static boolean isXml(String type) {
        return type.endsWith("/xml") || type.endsWith("+xml");
    }

    private static boolean mayBeFeed(String start) {
        return start.contains("<rss") || start.contains("<feed") || start.contains("<rdf:RDF");
    }
}
