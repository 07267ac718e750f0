package io.gleaner.content;

import io.gleaner.select.Effort;

/**
 * Two looks at each block: by itself, and knowing what the first said of those around it.
 *
 * @param odds log odds that a block is main content
 * @param taken which are
 */
record Looks(float[] odds, boolean[] taken) {

    private static final int ROW_STEPS = 8;

    static Looks at(Outline outline, Features features, float[] types, Model model, Effort effort) {
        int count = features.count();
        float[][] rows = new float[count][];
        float[] first = new float[count];
        var row = new Row();
        features.page(row);
        int page = row.size();
        for (int i = 0; i < count; i++) {
            effort.steps(ROW_STEPS);
            row.truncate(page);
            features.blockAndTypes(i, types, row);
            rows[i] = row.copyFrom(page);
            first[i] = model.first().score(row.values());
        }
        features.scored(first);
        float[] second = new float[count];
        for (int i = 0; i < count; i++) {
            effort.steps(ROW_STEPS);
            row.truncate(page);
            row.addAll(rows[i]);
            features.around(i, first, row);
            second[i] = model.second().score(row.values());
        }
        return new Looks(second, Choice.of(outline, second, features.title()));
    }
}
