package io.gleaner.feed;

import io.gleaner.select.Effort;
import org.jspecify.annotations.Nullable;

/**
 * Writes a feed as HTML. What its entries bring is HTML already, and no more trusted than a page.
 */
final class HtmlOfFeed {

    private final StringBuilder html = new StringBuilder();

    private HtmlOfFeed() {}

    static String of(Feed feed, Effort effort) {
        var writer = new HtmlOfFeed();
        writer.head(feed);
        for (Feed.Entry entry : feed.entries()) {
            writer.entry(entry);
            effort.step();
        }
        return writer.html.append("</body></html>\n").toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void head(Feed feed) {
        html.append("<!doctype html>\n<html");
        if (feed.language() != null) {
            html.append(" lang=\"").append(escaped(feed.language())).append('"');
        }
        html.append("><head>");
        element("title", feed.title());
        if (feed.description() != null) {
            html.append("<meta name=\"description\" content=\"")
                    .append(escaped(feed.description()))
                    .append("\">");
        }
        html.append("</head><body>\n");
        linked("h1", feed.title(), feed.home());
        element("p", feed.description());
    }

    private void entry(Feed.Entry entry) {
        html.append("<article>\n");
        linked("h2", entry.title() == null ? entry.link() : entry.title(), entry.link());
        element("p", entry.author());
        element("p", entry.date());
        String content = entry.content() == null ? entry.summary() : entry.content();
        if (content != null) {
            html.append("<div>").append(content).append("</div>\n");
        }
        entry.enclosures().forEach(url -> linked("p", url, url));
        html.append("</article>\n");
    }

    private void element(String name, @Nullable String text) {
        if (text != null) {
            html.append('<').append(name).append('>').append(escaped(text));
            html.append("</").append(name).append(">\n");
        }
    }

    private void linked(String name, @Nullable String text, @Nullable String url) {
        if (text == null || url == null) {
            element(name, text);
            return;
        }
        html.append('<').append(name).append("><a href=\"").append(escaped(url)).append("\">");
        html.append(escaped(text)).append("</a></").append(name).append(">\n");
    }
}
