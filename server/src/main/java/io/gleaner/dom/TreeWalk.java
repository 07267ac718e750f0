package io.gleaner.dom;

import io.gleaner.select.Effort;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Visits a tree in document order. A loop, not a recursion: any depth is safe. */
public final class TreeWalk {

    /** What is told about the tree. */
    public interface Visitor {
        /** Whether to go inside; if not, {@link #leave} is not called either. */
        boolean enter(Element element);

        void leave(Element element);

        void text(TextNode text);
    }

    private TreeWalk() {}

    public static void over(Element root, Effort effort, Visitor visitor) {
        Node node = root;
        while (true) {
            effort.step();
            Node next = inside(node, visitor);
            while (next == null) {
                if (node.equals(root)) {
                    return;
                }
                next = node.nextSibling();
                if (next == null) {
                    var parent = node.parentElement();
                    if (parent == null) {
                        return;
                    }
                    visitor.leave(parent);
                    node = parent;
                }
            }
            node = next;
        }
    }

    /** The first child, if the node has children that are to be visited. */
    private static @Nullable Node inside(Node node, Visitor visitor) {
        if (node instanceof TextNode text) {
            visitor.text(text);
        } else if (node instanceof Element element && visitor.enter(element)) {
            if (element.childNodeSize() > 0) {
                return element.childNode(0);
            }
            visitor.leave(element);
        }
        return null;
    }
}
