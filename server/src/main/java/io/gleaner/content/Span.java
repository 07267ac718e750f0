package io.gleaner.content;

import org.jspecify.annotations.Nullable;

/**
 * What stands between the first and the last of what is surely content, on a page of few words:
 * paragraphs, headings, lists, code and cells are content there, too, if neither a mark nor a name
 * speaks against them.
 */
final class Span {

    private static final float SURE = 0.5f;
    private static final float NAMES_MIN = -2;
    private static final double LINKS_MAX = 0.7;
    private static final int AROUND = Area.NAV | Area.FOOTER | Area.ASIDE | Area.DIALOG | Area.FORM;

    /** Of these all is content, not only what is between the first and the last. */
    private static final int WHOLE = Area.MAIN | Area.ARTICLE;

    private Span() {}

    static void keep(Outline outline, float[] odds, int title, boolean[] chosen) {
        int first = -1;
        int last = -1;
        @Nullable Area around = null;
        for (int i = 0; i < odds.length; i++) {
            if (odds[i] > SURE || i == title) {
                first = first < 0 ? i : first;
                last = i;
                Area area = outline.blocks.get(i).area;
                around = around == null ? area : common(around, area);
            }
        }
        around = around == null ? null : whole(around);
        if (around != null && (around.kinds & WHOLE) != 0) {
            first = Math.min(first, around.firstBlock);
            last = Math.max(last, around.endBlock - 1);
        } else if (around != null) {
            while (last + 1 < around.endBlock && isTable(outline.blocks.get(last + 1))) {
                last++;
            }
        }
        for (int i = Math.max(0, first); i <= last; i++) {
            Block block = outline.blocks.get(i);
            if (isText(block) && block.linkShare() < LINKS_MAX && !isBox(block, around)) {
                chosen[i] = true;
            }
        }
    }

    /** The main element around an area if there is one. */
    private static Area whole(Area area) {
        Area whole = area;
        for (Area up = area; (up.kinds & Area.MAIN) != 0 && up.parent != null; up = up.parent) {
            whole = up;
        }
        return whole;
    }

    private static Area common(Area one, Area other) {
        Area a = one;
        Area b = other;
        while (!a.equals(b)) {
            if (a.depth >= b.depth && a.parent != null) {
                a = a.parent;
            } else if (b.parent != null) {
                b = b.parent;
            } else {
                return a;
            }
        }
        return a;
    }

    /** A table, a list or code right behind the text belongs to it. */
    private static boolean isTable(Block block) {
        return (block.area.kinds & (Area.TABLE | Area.LIST | Area.PRE)) != 0;
    }

    private static boolean isText(Block block) {
        if ((block.area.kinds & Area.NOTE) != 0) {
            return true;
        }
        return switch (block.area.element.normalName()) {
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre", "code" -> true;
            case "dt", "dd", "blockquote", "figcaption", "caption", "summary" -> true;
            default -> false;
        };
    }

    private static boolean isBox(Block block, @Nullable Area around) {
        for (Area area = block.area; area != null && !area.equals(around); area = area.parent) {
            int own = area.own();
            if ((own & Area.NOTE) != 0) {
                return false;
            }
            if (area.names <= NAMES_MIN || (own & AROUND) != 0) {
                return true;
            }
        }
        return false;
    }
}
