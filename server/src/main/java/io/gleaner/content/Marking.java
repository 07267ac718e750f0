package io.gleaner.content;

import io.gleaner.dom.Role;
import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Marks in the tree what was not taken. An area of which all or nothing was taken is one thing;
 * only the others are looked into.
 */
final class Marking {

    private final Outline outline;
    private final boolean[] taken;
    private final Effort effort;

    /** How many of the blocks before each were taken. */
    private final int[] takenBefore;

    /**
     * What stands in an area that was taken in part: those with something taken, and with words.
     */
    private final Set<Node> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<Node> wordy = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Areas that were taken as a whole. */
    private final Set<Node> whole = Collections.newSetFromMap(new IdentityHashMap<>());

    Marking(Outline outline, boolean[] taken, Effort effort) {
        this.outline = outline;
        this.taken = taken;
        this.effort = effort;
        takenBefore = new int[taken.length + 1];
        for (int i = 0; i < taken.length; i++) {
            takenBefore[i + 1] = takenBefore[i] + (taken[i] ? 1 : 0);
        }
    }

    void over() {
        if (outline.areas.isEmpty() || !isPart(outline.areas.getFirst())) {
            return;
        }
        for (Area area : outline.areas) {
            Area around = area.parent;
            if (around != null && area.blocks() > 0 && isPart(around)) {
                boolean any = taken(area) > 0;
                climb(area.element, around.element, any);
                if (taken(area) == area.blocks()) {
                    whole.add(area.element);
                }
            }
        }
        for (Block block : outline.blocks) {
            if (isPart(block.area)) {
                for (TextNode text : block.texts) {
                    climb(text, block.area.element, taken[block.index]);
                }
            }
        }
        drop(outline.areas.getFirst().element);
    }

    private int taken(Area area) {
        return takenBefore[area.endBlock] - takenBefore[area.firstBlock];
    }

    private boolean isPart(Area area) {
        int taken = taken(area);
        return taken > 0 && taken < area.blocks();
    }

    private void climb(Node from, Element until, boolean keeps) {
        for (Node node = from; node != null && !node.equals(until); node = node.parentNode()) {
            effort.step();
            boolean known = !wordy.add(node);
            if (known && (!keeps || !kept.add(node))) {
                return;
            }
            if (keeps) {
                kept.add(node);
            }
        }
    }

    /** A loop, not a recursion. What has no words stays if what is around it is mostly taken. */
    private void drop(Element root) {
        var open = new ArrayList<Element>();
        open.add(root);
        while (!open.isEmpty()) {
            Element element = open.removeLast();
            boolean mostly = isMostlyTaken(element);
            for (Node child : element.childNodes()) {
                effort.step();
                if (kept.contains(child)) {
                    if (child instanceof Element inner && !whole.contains(inner)) {
                        open.add(inner);
                    }
                } else if (child instanceof TextNode text) {
                    if (wordy.contains(child)) {
                        text.text("");
                    }
                } else if (child instanceof Element inner
                        && (wordy.contains(inner) || !mostly)
                        && Role.of(inner) != Role.HIDDEN) {
                    inner.tag(Role.DROPPED);
                }
            }
        }
    }

    private boolean isMostlyTaken(Element element) {
        int taken = 0;
        int left = 0;
        for (Node child : element.childNodes()) {
            if (kept.contains(child)) {
                taken++;
            } else if (wordy.contains(child)) {
                left++;
            }
        }
        return taken >= left;
    }
}
