package io.gleaner.extract;

import org.jsoup.nodes.Element;

/** The markers of one list's items. */
final class ListNumbering {

    private static final int NUMBER_MAX = 999_999_999;

    private final boolean ordered;
    private final boolean dash;
    private int number;
    private int counted;

    /**
     * @param dash the usual marker, {@code -} or {@code 1.}; the other one keeps two lists that
     *     follow each other apart
     */
    ListNumbering(boolean ordered, boolean dash, int start) {
        this.ordered = ordered;
        this.dash = dash;
        this.number = start;
    }

    boolean dash() {
        return dash;
    }

    /** Items so far. */
    int counted() {
        return counted;
    }

    String next(Element item) {
        counted++;
        if (!ordered) {
            return dash ? "- " : "* ";
        }
        if (item.hasAttr("value")) {
            number = Numbers.leading(item.attr("value"), number);
        }
        String marker = number + (dash ? ". " : ") ");
        number = Math.min(number + 1, NUMBER_MAX);
        return marker;
    }
}
