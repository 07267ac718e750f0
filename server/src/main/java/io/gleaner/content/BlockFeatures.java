package io.gleaner.content;

import org.jspecify.annotations.Nullable;

/** What is known of one block: of its text, of where it stands and of what is around it. */
final class BlockFeatures {

    private static final int LEVELS = 4;
    private static final int APART_MAX = 16;
    private static final int LIKES_LEVELS = 8;

    /** More blocks or characters than any page has: there is no such thing before. */
    private static final int NONE = 10_000_000;

    private static final int[] NEAR = {-2, -1, 1, 2};

    private BlockFeatures() {}

    static void add(Survey page, int i, Row row) {
        Block block = page.blocks.get(i);
        double all = Math.max(1, page.chars);
        own(block, row);
        row.add("copies", page.copies(i));
        row.add("like title", page.likeness(block, page.titleWords));
        row.add("like description", page.likeness(block, page.describing));
        row.add("told", page.told(block));
        place(page, i, all, row);
        kinds(block.area, row);
        areas(block, row, all);
        row.flag("in group", block.area.inGroup);
        var path = page.pathOf[i];
        row.add("path blocks", path.blocks);
        row.add("path share", path.chars / all);
        row.add("path words", (double) path.words / path.blocks);
        row.add("path link share", (double) path.linkChars / Math.max(1, path.chars));
        for (int by : NEAR) {
            neighbour(page, i, i + by, row);
        }
    }

    /** The little that a second look asks for again. */
    static void addAgain(Survey page, int i, Row row) {
        Block block = page.blocks.get(i);
        row.add("chars", block.chars);
        row.add("link share", block.linkShare());
        row.flag("ends a sentence", isEnd(block.last));
        row.add("heading", block.heading);
        row.add("lexicon mean", block.lexiconMean());
        row.add("lexicon max", block.lexiconMax);
        row.add("tag", tag(block.area));
        row.add("copies", page.copies(i));
        row.add("told", page.told(block));
        row.add("before, chars", page.charsBefore[i]);
        row.add("since title, blocks", page.title < 0 ? NONE : i - page.title);
        row.add("names", block.area.names);
        row.flag("in main", (block.area.kinds & Area.MAIN) != 0);
        row.flag("in figure", (block.area.kinds & Area.FIGURE) != 0);
        var path = page.pathOf[i];
        row.add("path blocks", path.blocks);
        row.add("path share", path.chars / (double) Math.max(1, page.chars));
        Area area = block.area.blocks() > 1 ? block.area : block.area.wider;
        row.add("share", area.chars / (double) Math.max(1, page.chars));
        row.add("link share", area.linkShare());
        row.add("headings", (double) area.headings / Math.max(1, area.blocks()));
    }

    private static void own(Block block, Row row) {
        double chars = Math.max(1, block.chars);
        row.add("words", block.words);
        row.add("chars", block.chars);
        row.add("link share", block.linkShare());
        row.add("chars a word", chars / Math.max(1, block.words));
        row.add("sentence density", 100 * block.sentences / chars);
        row.flag("ends a sentence", isEnd(block.last));
        row.add("heading", block.heading);
        row.add("lexicon mean", block.lexiconMean());
        row.add("lexicon sum", block.lexiconSum);
        row.add("lexicon min", block.lexiconMin);
        row.add("lexicon max", block.lexiconMax);
        row.add("phrase", block.phrase);
        row.add("tag", tag(block.area));
    }

    private static void place(Survey page, int i, double all, Row row) {
        int chars = page.charsBefore[i];
        int title = page.title;
        row.add("before", chars / all);
        row.add("before, chars", chars);
        row.add("after, chars", page.chars - page.charsBefore[i + 1]);
        row.add("index", (double) i / page.blocks.size());
        row.add("since title, blocks", title < 0 ? NONE : i - title);
        row.add("since title, chars", title < 0 ? NONE : chars - page.charsBefore[title]);
        int last = page.headingBefore[i];
        row.add("since heading, blocks", last < 0 ? NONE : i - last);
        row.add("since heading, chars", last < 0 ? NONE : chars - page.charsBefore[last]);
        @Nullable Block heading = last < 0 ? null : page.blocks.get(last);
        row.add("last heading", heading == null ? 0 : heading.heading);
        row.add("last heading lexicon", heading == null ? 0 : heading.lexiconSum);
        row.add("last heading phrase", heading == null ? 0 : heading.phrase);
    }

    private static boolean isEnd(char c) {
        return switch (c) {
            case '.', '!', '?', '。', '！', '？', '…', '।', '؟' -> true;
            default -> false;
        };
    }

    private static int tag(Area area) {
        return switch (area.element.normalName()) {
            case "p" -> 0;
            case "blockquote" -> 1;
            case "pre" -> 2;
            case "dd" -> 3;
            case "dt" -> 4;
            case "figcaption", "caption" -> 5;
            case "h1", "h2", "h3", "h4", "h5", "h6" -> 6;
            case "li" -> 7;
            case "td" -> 8;
            case "th" -> 9;
            case "section", "article", "main" -> 10;
            case "div" -> 11;
            case "summary", "legend" -> 13;
            case "body" -> 14;
            case "address" -> 15;
            default -> 12;
        };
    }

    private static void kinds(Area area, Row row) {
        int kinds = area.kinds;
        row.flag("in header", (kinds & Area.HEADER) != 0);
        row.flag("in footer", (kinds & Area.FOOTER) != 0);
        row.flag("in nav", (kinds & Area.NAV) != 0);
        row.flag("in aside", (kinds & Area.ASIDE) != 0);
        row.flag("in main", (kinds & Area.MAIN) != 0);
        row.flag("in article", (kinds & Area.ARTICLE) != 0);
        row.flag("in form", (kinds & Area.FORM) != 0);
        row.flag("in figure", (kinds & Area.FIGURE) != 0);
        row.flag("in dialog", (kinds & Area.DIALOG) != 0);
        row.flag("in list", (kinds & Area.LIST) != 0);
        row.add("depth", area.depth);
        row.add("names", area.names);
        row.add("names min", area.namesMin);
        row.add("names max", area.namesMax);
        row.add("names sum", area.namesSum);
    }

    private static void areas(Block block, Row row, double all) {
        Area area = block.area;
        for (int level = 1; level <= LEVELS; level++) {
            area = level == 1 && area.blocks() > 1 ? area : area.wider;
            area(area, row, all);
        }
        Area near = mostLiked(block.area);
        row.add("most likes", near.parent == null ? 1 : near.likes.units);
        row.add("of them, words", near.words);
        row.add("of them, link share", near.linkShare());
        row.add("of them, share", near.likes.chars / all);
        row.add("of them, words of one", near.likes.wordsOfOne());
        @Nullable Area unit = block.area.unit;
        row.add("unit share", unit == null ? -1 : unit.chars / all);
        row.add("unit link share", unit == null ? -1 : unit.linkShare());
    }

    /** The area around a block that is most often there beside itself. */
    private static Area mostLiked(Area inner) {
        Area most = inner;
        @Nullable Area area = inner;
        for (int up = 0; area != null && area.parent != null && up < LIKES_LEVELS; up++) {
            most = area.likes.units > most.likes.units ? area : most;
            area = area.parent;
        }
        return most;
    }

    private static void area(Area area, Row row, double all) {
        double chars = Math.max(1, area.chars);
        int blocks = Math.max(1, area.blocks());
        row.add("share", area.chars / all);
        row.add("link share", area.linkShare());
        row.add("words a block", (double) area.words / blocks);
        row.add("sentences", 100 * area.sentences / chars);
        row.add("names", area.names);
        row.add("headings", (double) area.headings / blocks);
        row.add("images", area.images);
        row.add("controls", area.controls);
    }

    private static void neighbour(Survey page, int i, int n, Row row) {
        if (n < 0 || n >= page.blocks.size()) {
            row.add("link share", -1);
            row.add("same area", -1);
            row.add("lexicon", 0);
            return;
        }
        Block other = page.blocks.get(n);
        row.add("link share", other.linkShare());
        row.add("same area", common(page.blocks.get(i), other));
        row.add("lexicon", other.lexiconSum);
    }

    /** How many areas apart two blocks are. */
    private static int common(Block one, Block other) {
        @Nullable Area a = one.area;
        @Nullable Area b = other.area;
        int steps = 0;
        while (a != b && a != null && b != null && steps < APART_MAX) {
            if (a.depth >= b.depth) {
                a = a.parent;
            } else {
                b = b.parent;
            }
            steps++;
        }
        return steps;
    }
}
