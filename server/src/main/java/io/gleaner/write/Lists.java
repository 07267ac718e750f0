package io.gleaner.write;

import io.gleaner.dom.Role;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** The lists that are open on a page, and the markers of their items. */
final class Lists {

    private static final int NUMBER_MAX = 999_999_999;

    private final List<Numbering> open = new ArrayList<>();
    private int lastEnd = -1;
    private boolean lastUsual;

    void start(Element list, Sheet sheet) {
        adopt(list, sheet);
        boolean ordered = list.normalName().equals("ol");
        int start = ordered ? Numbers.leading(list.attr("start"), 1) : 1;
        // Only a list that starts at 1 may follow a paragraph without a blank line (CommonMark
        // 5.2).
        if (open.isEmpty() || start != 1) {
            sheet.block(2);
        } else {
            sheet.tightBlock();
        }
        // Two lists in a row take different markers, or they would be one.
        boolean usual = !(lastEnd == sheet.length() && lastUsual);
        open.add(new Numbering(ordered, usual, start));
    }

    /** A list that stands directly in a list belongs to the item before it. */
    private void adopt(Element list, Sheet sheet) {
        var parent = list.parent();
        var around = open.isEmpty() ? null : open.getLast();
        if (around != null
                && around.counted > 0
                && parent != null
                && Role.of(parent) == Role.LIST) {
            sheet.open(Container.goingOn(list, " ".repeat(around.width)));
        }
    }

    void end(Element list, Sheet sheet) {
        if (!open.isEmpty()) {
            lastUsual = open.removeLast().usual;
            lastEnd = sheet.length();
        }
        sheet.close(list);
        sheet.block(2);
    }

    void item(Element item, Sheet sheet) {
        var list = open.isEmpty() ? null : open.getLast();
        if (list == null || list.counted > 0) {
            sheet.tightBlock();
        }
        String marker = list == null ? "- " : list.next(item);
        if (list != null) {
            list.width = marker.length();
        }
        sheet.open(new Container(item, marker, " ".repeat(marker.length())));
    }

    /** One list. */
    private static final class Numbering {
        private final boolean ordered;
        private final boolean usual;
        private int number;
        private int counted;
        private int width;

        Numbering(boolean ordered, boolean usual, int start) {
            this.ordered = ordered;
            this.usual = usual;
            this.number = start;
        }

        String next(Element item) {
            counted++;
            if (!ordered) {
                return usual ? "- " : "* ";
            }
            if (item.hasAttr("value")) {
                number = Numbers.leading(item.attr("value"), number);
            }
            String marker = number + (usual ? ". " : ") ");
            number = Math.min(number + 1, NUMBER_MAX);
            return marker;
        }
    }
}
