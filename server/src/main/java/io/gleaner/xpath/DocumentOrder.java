package io.gleaner.xpath;

import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jsoup.nodes.Node;

/** Which of two nodes comes first in the document. */
final class DocumentOrder implements Comparator<Item> {

    private final Effort effort;

    DocumentOrder(Effort effort) {
        this.effort = effort;
    }

    /** Each once, in order. */
    List<Item> of(List<Item> items, boolean mayRepeat) {
        effort.steps(items.size());
        List<Item> each = mayRepeat ? new ArrayList<>(new LinkedHashSet<>(items)) : items;
        for (int i = 1; i < each.size(); i++) {
            if (compare(each.get(i - 1), each.get(i)) > 0) {
                var sorted = new ArrayList<>(each);
                sorted.sort(this);
                return sorted;
            }
        }
        return each;
    }

    @Override
    public int compare(Item first, Item second) {
        effort.step();
        if (first.node().equals(second.node())) {
            return Integer.compare(first.index(), second.index());
        }
        int difference = depth(first.node()) - depth(second.node());
        Node a = up(first.node(), difference);
        Node b = up(second.node(), -difference);
        if (a.equals(b)) {
            return difference; // the one inside the other comes later
        }
        while (!Objects.equals(a.parent(), b.parent())) {
            effort.step();
            a = Objects.requireNonNull(a.parent());
            b = Objects.requireNonNull(b.parent());
        }
        return Integer.compare(a.siblingIndex(), b.siblingIndex());
    }

    private int depth(Node node) {
        int depth = 0;
        for (Node at = node.parent(); at != null; at = at.parent()) {
            depth++;
        }
        effort.steps(depth / 4);
        return depth;
    }

    private static Node up(Node node, int levels) {
        Node at = node;
        for (int i = 0; i < levels; i++) {
            at = Objects.requireNonNull(at.parent());
        }
        return at;
    }
}
