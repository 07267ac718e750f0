package io.gleaner.xpath;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * A node as XPath sees it: one of jsoup's, or an attribute of an element.
 *
 * @param index of the attribute among those of its element, -1 for a node
 */
record Item(Node node, @Nullable Attribute attribute, int index) {

    static Item of(Node node) {
        return new Item(node, null, -1);
    }

    boolean isElement() {
        return attribute == null && node instanceof Element && !(node instanceof Document);
    }

    boolean isText() {
        return isLeaf() && (node instanceof TextNode || node instanceof DataNode);
    }

    boolean isComment() {
        return isLeaf() && node instanceof Comment;
    }

    /** What stands outside the root element is not the page's. */
    private boolean isLeaf() {
        return attribute == null && !(node.parentNode() instanceof Document);
    }

    /** Whether XPath knows such a node; a doctype is none. */
    boolean isNode() {
        return attribute != null || node instanceof Element || isText() || isComment();
    }

    /** The name of an element or an attribute, else the empty string. */
    String name() {
        if (attribute != null) {
            return attribute.getKey();
        }
        return isElement() && node instanceof Element element ? element.tagName() : "";
    }
}
