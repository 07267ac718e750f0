package io.gleaner.content;

/** What is known of each block of a page, as numbers: the same ones in the same order always. */
public final class Features {

    private final Survey page;
    private final float[] ofPage;

    public Features(Outline outline, PageFacts facts) {
        page = new Survey(outline, facts);
        var row = new Row();
        PageFeatures.add(page, row);
        ofPage = row.copy();
    }

    /** Blocks. */
    public int count() {
        return page.blocks.size();
    }

    /** Index of the block that is the page's title; negative if there is none. */
    int title() {
        return page.title;
    }

    /** Of the page as a whole. */
    public float[] page() {
        return ofPage;
    }

    /**
     * What both looks at a block begin with.
     *
     * @param types how likely the page is of each type
     */
    public void begin(float[] types, Row row) {
        row.clear();
        row.addAll(ofPage);
        row.addAll(types);
    }

    /** For a first look at a block, behind what the row begins with. */
    public void first(int i, Row row) {
        BlockFeatures.add(page, i, row);
    }

    /**
     * For a second look at each block.
     *
     * @param scores what the first said of all
     */
    public Second second(float[] scores) {
        return new Second(page, new ScoreFeatures(page, scores));
    }

    /** Features that know what the first look said. */
    public static final class Second {
        private final Survey page;
        private final ScoreFeatures scores;

        private Second(Survey page, ScoreFeatures scores) {
            this.page = page;
            this.scores = scores;
        }

        /** Of one block, behind what the row begins with. */
        public void add(int i, Row row) {
            scores.add(i, row);
            BlockFeatures.addAgain(page, i, row);
        }
    }
}
