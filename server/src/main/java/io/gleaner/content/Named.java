package io.gleaner.content;

import org.jspecify.annotations.Nullable;

/**
 * What the names of a box say against it on a page of few words, where the looks have little else
 * to go by: boxes for newsletters, for sharing, for more to read.
 */
final class Named {

    /** A part with more of the words of the page is no box in it. */
    private static final double SHARE_MAX = 0.3;

    /** Names of a sum over that say nothing against a part. */
    private static final float DOUBT = -4.2f;

    private static final float WEIGHT = 1.5f;

    private static final int BESIDE = Area.ASIDE | Area.DIALOG;

    /** What such a mark says, as much as names do. */
    private static final float BESIDE_NAMES = -3;

    private Named() {}

    /** Log odds, none of them positive. */
    static float odds(Outline outline, int i) {
        if (!outline.isSmall()) {
            return 0;
        }
        double most = SHARE_MAX * outline.wordCount();
        float least = DOUBT;
        @Nullable Area area = outline.blocks.get(i).area;
        while (area != null && area.words <= most) {
            least = Math.min(least, against(area));
            area = area.parent;
        }
        return WEIGHT * (least - DOUBT);
    }

    private static float against(Area area) {
        int own = area.own();
        if ((own & Area.NOTE) != 0) {
            return 0;
        }
        return (own & BESIDE) != 0 ? area.names + BESIDE_NAMES : area.names;
    }
}
