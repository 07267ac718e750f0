package io.gleaner.content;

/** What a first look at all blocks said of one of them and of what is around it. */
final class ScoreFeatures {

    private static final int AROUND = 3;
    private static final int LEVELS = 5;
    private static final int HEADING_BLOCKS_MAX = 30;

    /** Where there is nothing: surely no main content. */
    private static final float NOTHING = -8;

    private final Survey page;
    private final float[] scores;

    /** Sums over all blocks before each: of scores, each as often as its block has characters. */
    private final float[] sums;

    private final float[] sumOfPath;

    ScoreFeatures(Survey page, float[] scores) {
        this.page = page;
        this.scores = scores;
        sums = new float[scores.length + 1];
        sumOfPath = new float[page.paths.size()];
        for (int i = 0; i < scores.length; i++) {
            float part = page.blocks.get(i).chars * scores[i];
            sums[i + 1] = sums[i] + part;
            sumOfPath[page.pathOf[i].index] += part;
        }
    }

    void add(int i, Row row) {
        row.add("score", scores[i]);
        for (int by = 1; by <= AROUND; by++) {
            row.add("score before", i - by < 0 ? NOTHING : scores[i - by]);
            row.add("score after", i + by >= scores.length ? NOTHING : scores[i + by]);
        }
        row.add("score mean 5", mean(i - 5, i + 6));
        row.add("score mean 15", mean(i - 15, i + 16));
        int heading = page.headingBefore[i];
        row.add("score of heading", heading < 0 ? NOTHING : scores[heading]);
        row.add("score until heading", mean(i + 1, nextHeading(i)));
        row.add("score since heading", mean(Math.max(0, heading), i));
        var path = page.pathOf[i];
        row.add("score of path", path.chars == 0 ? 0 : sumOfPath[path.index] / path.chars);
        Area area = page.blocks.get(i).area;
        for (int level = 1; level <= LEVELS; level++) {
            area = level == 1 && area.blocks() > 1 ? area : area.wider;
            row.add("score of area", mean(area.firstBlock, area.endBlock));
        }
        row.add("score before", mean(0, i));
        row.add("score after", mean(i + 1, scores.length));
        row.add("score of page", mean(0, scores.length));
    }

    private int nextHeading(int i) {
        int next = i + 1;
        while (next < scores.length
                && page.blocks.get(next).heading == 0
                && next < i + HEADING_BLOCKS_MAX) {
            next++;
        }
        return next;
    }

    private float mean(int from, int until) {
        int a = Math.max(0, from);
        int b = Math.min(scores.length, until);
        if (a >= b) {
            return NOTHING;
        }
        int chars = page.charsBefore[b] - page.charsBefore[a];
        return chars == 0 ? NOTHING : (sums[b] - sums[a]) / chars;
    }
}
