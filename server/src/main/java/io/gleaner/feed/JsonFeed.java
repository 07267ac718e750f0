package io.gleaner.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON Feed, versions 1 and 1.1 (jsonfeed.org). */
final class JsonFeed {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonFeed() {}

    static Optional<Feed> read(String text) {
        JsonNode feed;
        try {
            feed = JSON.readTree(text);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!feed.path("items").isArray()) {
            return Optional.empty();
        }
        List<Feed.Entry> entries = new ArrayList<>();
        feed.path("items").forEach(item -> entries.add(entry(item)));
        return Optional.of(
                new Feed(
                        string(feed, "title"),
                        string(feed, "description"),
                        string(feed, "home_page_url"),
                        string(feed, "language"),
                        entries));
    }

    private static Feed.Entry entry(JsonNode item) {
        List<String> enclosures = new ArrayList<>();
        for (JsonNode attachment : item.path("attachments")) {
            String url = string(attachment, "url");
            if (url != null) {
                enclosures.add(url);
            }
        }
        String html = string(item, "content_html");
        String plain = string(item, "content_text");
        String link = string(item, "url");
        JsonNode authors = item.path("authors");
        return new Feed.Entry(
                string(item, "title"),
                link == null ? string(item, "external_url") : link,
                string(item, "date_published"),
                string(authors.isEmpty() ? item.path("author") : authors.path(0), "name"),
                html == null && plain != null ? HtmlOfFeed.escaped(plain) : html,
                string(item, "summary"),
                enclosures);
    }

    private static @Nullable String string(JsonNode node, String name) {
        return node.path(name).isString() ? node.path(name).asString() : null;
    }
}
