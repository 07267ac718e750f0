package io.gleaner.write;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/** Writes a tree as clean HTML: what a reader sees, nothing that runs, addresses absolute. */
public final class HtmlWriter implements TreeWalk.Visitor {

    private static final Set<String> LINKS = Set.of("href", "cite", "action", "longdesc");
    private static final Set<String> IMAGES = Set.of("src", "poster", "background");
    private static final Set<String> DROPPED =
            Set.of(
                    "style",
                    "srcdoc",
                    "srcset",
                    "sizes",
                    "nonce",
                    "integrity",
                    "formaction",
                    "ping");

    private final StringBuilder out = new StringBuilder();
    private final UrlResolver urls;
    private final ImageSource images;
    private final Limits limits;

    private HtmlWriter(UrlResolver urls, Limits limits) {
        this.urls = urls;
        this.images = new ImageSource(urls);
        this.limits = limits;
    }

    public static String of(List<Element> roots, UrlResolver urls, Limits limits, Effort effort) {
        var writer = new HtmlWriter(urls, limits);
        for (var root : roots) {
            TreeWalk.over(root, effort, writer);
        }
        return writer.out.toString();
    }

    @Override
    public boolean enter(Element element) {
        var role = Role.of(element);
        if (Visibility.hides(element, role)) {
            return false;
        }
        if (isBody(element) || !isName(element.normalName())) {
            return true;
        }
        out.append('<').append(element.normalName());
        if (element.attributesSize() > 0) {
            for (var attribute : element.attributes()) {
                attribute(element, attribute);
            }
        }
        if (role == Role.IMAGE && !element.hasAttr("src")) {
            write("src", images.of(element));
        }
        out.append('>');
        return true;
    }

    @Override
    public void leave(Element element) {
        if (!isBody(element) && isName(element.normalName()) && !element.tag().is(Tag.Void)) {
            out.append("</").append(element.normalName()).append('>');
        }
    }

    @Override
    public void text(TextNode node) {
        String s = node.getWholeText();
        escape(s, false);
        if (out.length() > limits.productCharsMax()) {
            throw Limits.tooLong(limits.productCharsMax());
        }
    }

    private static boolean isBody(Element element) {
        return element.normalName().equals("body");
    }

    /** The parser takes almost anything for a name; here only what is one everywhere. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Escape.isWord(c) && "-_:.".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private void attribute(Element element, Attribute attribute) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        String value = attribute.getValue();
        if (name.startsWith("on")
                || DROPPED.contains(name)
                || !isName(name)
                || value.length() > limits.attributeCharsMax()) {
            return;
        }
        if (LINKS.contains(name) || name.endsWith(":href")) {
            write(name, urls.link(value));
        } else if (name.equals("src") && Role.of(element) == Role.IMAGE) {
            write(name, images.of(element));
        } else if (IMAGES.contains(name)) {
            write(name, urls.http(value));
        } else {
            write(name, value);
        }
    }

    private void write(String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        out.append(' ').append(name);
        if (!value.isEmpty()) {
            out.append("=\"");
            escape(value, true);
            out.append('"');
        }
        if (out.length() > limits.productCharsMax()) {
            throw Limits.tooLong(limits.productCharsMax());
        }
    }

    private void escape(String s, boolean inAttribute) {
        int start = 0;
        for (int i = 0; i < s.length(); i++) {
            String entity =
                    switch (s.charAt(i)) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '\u00a0' -> "&nbsp;";
                        case '"' -> inAttribute ? "&quot;" : "";
                        default -> "";
                    };
            if (!entity.isEmpty()) {
                out.append(s, start, i).append(entity);
                start = i + 1;
            }
        }
        out.append(s, start, s.length());
    }
}
