package io.gleaner.feed;

import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * RSS (0.9 to 2.0, RDF) and Atom (RFC 4287), by the local names of their elements: feeds are
 * careless with namespaces, and nothing that a DOCTYPE names is read.
 */
final class XmlFeed {

    private static final int DEPTH_MAX = 256;
    private static final int ENTRIES_MAX = 10_000;
    private static final Set<String> ENTRIES = Set.of("item", "entry");

    private final Effort effort;

    private XmlFeed(Effort effort) {
        this.effort = effort;
    }

    static Optional<Feed> read(String text, Effort effort) {
        effort.chars(text.length());
        Element root =
                Parser.xmlParser().setMaxDepth(DEPTH_MAX).parseInput(text, "").firstElementChild();
        return root == null ? Optional.empty() : new XmlFeed(effort).feed(root);
    }

    private Optional<Feed> feed(Element root) {
        return switch (local(root)) {
            case "rss", "RDF" -> {
                Element channel = child(root, "channel");
                yield channel == null
                        ? Optional.empty()
                        : Optional.of(feed(channel, List.of(channel, root)));
            }
            case "feed" -> Optional.of(feed(root, List.of(root)));
            default -> Optional.empty();
        };
    }

    /**
     * @param holders of entries: the channel, or in RDF the root, too, beside whose channel they
     *     stand
     */
    private Feed feed(Element channel, List<Element> holders) {
        List<Feed.Entry> entries = new ArrayList<>();
        for (Element holder : holders) {
            for (Element child : holder.children()) {
                if (ENTRIES.contains(local(child)) && entries.size() < ENTRIES_MAX) {
                    entries.add(entry(child));
                }
            }
        }
        String description = text(channel, "description");
        Element root = holders.getLast();
        return new Feed(
                text(channel, "title"),
                description == null ? text(channel, "subtitle") : description,
                link(channel),
                root.hasAttr("xml:lang") ? root.attr("xml:lang") : text(channel, "language"),
                entries);
    }

    private Feed.Entry entry(Element item) {
        List<String> enclosures = new ArrayList<>();
        for (Element child : item.children()) {
            boolean isEnclosure =
                    local(child).equals("enclosure") || child.attr("rel").equals("enclosure");
            String url = child.hasAttr("url") ? child.attr("url") : child.attr("href");
            if (isEnclosure && !url.isBlank()) {
                enclosures.add(url.strip());
            }
        }
        String encoded = html(item, "encoded");
        return new Feed.Entry(
                text(item, "title"),
                link(item),
                first(item, "pubDate", "published", "date", "updated"),
                author(item),
                encoded == null ? html(item, "content") : encoded,
                first(html(item, "description"), html(item, "summary")),
                enclosures);
    }

    /** That of RSS is text, those of Atom are attributes, of which the first for people counts. */
    private @Nullable String link(Element holder) {
        for (Element child : holder.children()) {
            effort.step();
            if (local(child).equals("link")) {
                String relation = child.attr("rel");
                String url = child.hasAttr("href") ? child.attr("href") : child.wholeText();
                if ((relation.isEmpty() || relation.equals("alternate")) && !url.isBlank()) {
                    return url.strip();
                }
            }
        }
        Element guid = child(holder, "guid");
        boolean permanent = guid != null && !guid.attr("isPermaLink").equals("false");
        String url = guid == null ? "" : guid.wholeText().strip();
        return permanent && url.startsWith("http") ? url : null;
    }

    private @Nullable String author(Element item) {
        Element author = child(item, "author");
        if (author != null && child(author, "name") != null) {
            return text(author, "name");
        }
        return first(item, "creator", "author");
    }

    private @Nullable String first(Element holder, String... names) {
        for (String name : names) {
            String found = text(holder, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private @Nullable String text(Element holder, String name) {
        Element element = child(holder, name);
        if (element == null) {
            return null;
        }
        String text = element.wholeText().strip();
        effort.chars(text.length());
        return text.isEmpty() ? null : text;
    }

    /** HTML in an element: as text, which is escaped once, or as the elements of XHTML. */
    private @Nullable String html(Element holder, String name) {
        Element element = child(holder, name);
        if (element == null) {
            return null;
        }
        String type = element.attr("type");
        String text = element.wholeText();
        effort.chars(text.length());
        if (type.equals("xhtml") || element.firstElementChild() != null) {
            return element.html();
        }
        return text.isBlank() ? null : type.equals("text") ? HtmlOfFeed.escaped(text) : text;
    }

    private @Nullable Element child(Element holder, String name) {
        Element found = null;
        for (Element child : holder.children()) {
            effort.step();
            if (local(child).equals(name)) {
                // One without a prefix comes before, say, media:title.
                if (child.tagName().indexOf(':') < 0) {
                    return child;
                }
                found = found == null && !child.tagName().startsWith("media:") ? child : found;
            }
        }
        return found;
    }

    private static String local(Element element) {
        String name = element.tagName();
        return name.substring(name.indexOf(':') + 1);
    }
}
