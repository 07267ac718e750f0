package io.gleaner.select;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.function.Predicate;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.LeafNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** A simple selector of nodes that need not be elements, such as {@code ::comment:contains(x)}. */
record NodeKind(Predicate<Node> test, int weight) implements Matcher {

    /** What stands after {@code ::}, or null if there is no such kind. */
    static @Nullable NodeKind named(String name) {
        return switch (name) {
            case "node" -> of(Node.class);
            case "leafnode" -> of(LeafNode.class);
            case "text" -> of(TextNode.class);
            case "comment" -> of(Comment.class);
            case "data" -> of(DataNode.class);
            case "cdata" -> of(CDataNode.class);
            default -> null;
        };
    }

    static NodeKind containing(String text) {
        String wanted = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ENGLISH);
        return new NodeKind(
                node -> node.nodeValue().toLowerCase(Locale.ENGLISH).contains(wanted), 1);
    }

    static NodeKind matching(Pattern pattern, int weight) {
        return new NodeKind(node -> pattern.matcher(node.nodeValue()).find(), weight);
    }

    static NodeKind blank() {
        return new NodeKind(node -> node.nodeValue().isBlank(), 1);
    }

    private static NodeKind of(Class<? extends Node> type) {
        return new NodeKind(type::isInstance, 0);
    }

    @Override
    public boolean matches(Node node, Scope scope) {
        scope.effort().chars((long) weight * node.nodeValue().length());
        return test.test(node);
    }

    @Override
    public Cost cost() {
        return weight == 0 ? Cost.FLAT : Cost.ATTRIBUTES;
    }

    @Override
    public boolean wantsNodes() {
        return true;
    }
}
