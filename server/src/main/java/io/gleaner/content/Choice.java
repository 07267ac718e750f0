package io.gleaner.content;

import java.util.Arrays;
import java.util.List;

/**
 * Which blocks are taken, given how likely each is main content: the likeliest, as many as make the
 * expected F-measure largest. It weighs what is taken too much against what is left out, in words.
 */
final class Choice {

    /** How much more what is left out counts than what is taken too much. */
    private static final double BETA = 1.25;

    /** Below this expected F-measure the choice is unsure. */
    private static final double UNSURE = 0.6;

    /** Then nothing is left out whose log odds are that near to those of the best. */
    private static final double UNSURE_ODDS = 1.75;

    /** A block among what was taken stays over these log odds. */
    private static final double AMONG_ODDS = -1.5;

    /** So many areas around a block are looked at. */
    private static final int AMONG_LEVELS = 3;

    /** Of one of them so much must have been taken. */
    private static final double AMONG_SHARE = 0.9;

    /** A heading before what was taken stays over these. */
    private static final double HEADING_ODDS = -3;

    /** On a page of few words of which one is sure a block is taken from these on. */
    private static final double SMALL_ODDS = -0.7;

    private static final double SURE_ODDS = 1;

    private static final double LINKS_MANY = 0.5;
    private static final int AROUND = Area.NAV | Area.FOOTER | Area.ASIDE | Area.DIALOG | Area.FORM;

    /** A table is taken if so much of it was. */
    private static final double TABLE_TAKEN_MIN = 0.5;

    /** A table with more text in long blocks only places things. */
    private static final double TABLE_PROSE_MAX = 0.2;

    /** A row of links that turn pages has no more words. */
    private static final int TURNS_WORDS_MAX = 40;

    private Choice() {}

    /**
     * @param odds log odds of each block
     * @param title index of the block that is the page's title; negative if there is none
     */
    static boolean[] of(Outline outline, float[] odds, int title) {
        List<Block> blocks = outline.blocks;
        double least = least(blocks, odds);
        if (outline.isSmall() && best(odds) > SURE_ODDS) {
            least = Math.max(least, SMALL_ODDS);
        }
        boolean[] chosen = new boolean[odds.length];
        boolean any = false;
        for (int i = 0; i < odds.length; i++) {
            chosen[i] = odds[i] >= least;
            any |= chosen[i];
        }
        if (any && title >= 0) {
            chosen[title] = true;
        }
        tablesAsOne(outline, chosen);
        keepWhatIsAmong(blocks, odds, chosen);
        keepHeadings(blocks, odds, chosen);
        if (any && outline.isSmall()) {
            Span.keep(outline, odds, title, chosen);
        }
        dropRowsOfTurns(outline, chosen);
        return chosen;
    }

    private static double best(float[] odds) {
        double best = Double.NEGATIVE_INFINITY;
        for (float one : odds) {
            best = Math.max(best, one);
        }
        return best;
    }

    /** The log odds from which on blocks are taken. */
    private static double least(List<Block> blocks, float[] odds) {
        // Log odds in the upper half, the block in the lower: sorted without an object for each.
        long[] order = new long[odds.length];
        float[] likely = new float[odds.length];
        double all = 0;
        for (int i = 0; i < odds.length; i++) {
            order[i] = (long) sortable(odds[i]) << 32 | i;
            likely[i] = (float) likelihood(odds[i]) * blocks.get(i).words;
            all += likely[i];
        }
        Arrays.sort(order);
        double hits = 0;
        double taken = 0;
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int n = order.length - 1; n >= 0; n--) {
            int i = (int) order[n];
            hits += likely[i];
            taken += blocks.get(i).words;
            double f = (1 + BETA * BETA) * hits / (taken + BETA * BETA * all);
            if (f > best) {
                best = f;
                least = odds[i];
            }
        }
        return best < UNSURE && odds.length > 0
                ? Math.min(least, odds[(int) order[order.length - 1]] - UNSURE_ODDS)
                : least;
    }

    /** A number whose order is that of the floats. */
    private static int sortable(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    private static double likelihood(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }

    /** A table of data is taken or left out as a whole: a cell says nothing without its row. */
    private static void tablesAsOne(Outline outline, boolean[] chosen) {
        for (Area area : outline.areas) {
            if (isData(area)) {
                int taken = 0;
                int words = 0;
                for (int i = area.firstBlock; i < area.endBlock; i++) {
                    words += outline.blocks.get(i).words;
                    taken += chosen[i] ? outline.blocks.get(i).words : 0;
                }
                Arrays.fill(
                        chosen,
                        area.firstBlock,
                        area.endBlock,
                        taken > 0 && taken >= words * TABLE_TAKEN_MIN);
            }
        }
    }

    /** The heading of a text that was taken stays, unless much speaks against it. */
    private static void keepHeadings(List<Block> blocks, float[] odds, boolean[] chosen) {
        for (int i = chosen.length - 2; i >= 0; i--) {
            Block block = blocks.get(i);
            if (block.heading > 0
                    && chosen[i + 1]
                    && odds[i] > HEADING_ODDS
                    && (block.area.kinds & AROUND) == 0) {
                chosen[i] = true;
            }
        }
    }

    /** A row of links to the pages before and after is navigation, whatever stands around it. */
    private static void dropRowsOfTurns(Outline outline, boolean[] chosen) {
        for (Area area : outline.areas) {
            if (area.turns >= 2 && area.headings == 0 && area.words <= TURNS_WORDS_MAX) {
                Arrays.fill(chosen, area.firstBlock, area.endBlock, false);
            }
        }
    }

    private static boolean isData(Area area) {
        return area.element.normalName().equals("table")
                && !area.placesTables
                && area.headings == 0
                && area.longChars < TABLE_PROSE_MAX * area.chars;
    }

    private static int last(boolean[] chosen) {
        int last = chosen.length - 1;
        while (last >= 0 && !chosen[last]) {
            last--;
        }
        return last;
    }

    /** What stands among what was taken stays, unless something speaks against it. */
    private static void keepWhatIsAmong(List<Block> blocks, float[] odds, boolean[] chosen) {
        int[] taken = new int[chosen.length + 1];
        for (int i = 0; i < chosen.length; i++) {
            taken[i + 1] = taken[i] + (chosen[i] ? blocks.get(i).words : 0);
        }
        int last = last(chosen);
        for (int i = 0; i < last; i++) {
            Block block = blocks.get(i);
            if (!chosen[i]
                    && odds[i] > AMONG_ODDS
                    && block.linkShare() < LINKS_MANY
                    && (block.area.kinds & AROUND) == 0) {
                Area area = block.area;
                for (int level = 0; level < AMONG_LEVELS && !chosen[i]; level++) {
                    area = area.wider;
                    int words = taken[area.endBlock] - taken[area.firstBlock];
                    chosen[i] = words >= AMONG_SHARE * area.words;
                }
            }
        }
    }
}
