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
        var row = new Row();
        features.begin(types, row);
        int begun = row.size();
        float[] first = new float[count];
        for (int i = 0; i < count; i++) {
            effort.steps(ROW_STEPS);
            row.truncate(begun);
            features.first(i, row);
            first[i] = model.first().score(row.values());
        }
        var around = features.second(first);
        float[] second = new float[count];
        for (int i = 0; i < count; i++) {
            effort.steps(ROW_STEPS);
            row.truncate(begun);
            around.add(i, row);
            second[i] = model.second().score(row.values()) + Named.odds(outline, i);
        }
        return new Looks(second, Choice.of(outline, second, features.title()));
    }
}
