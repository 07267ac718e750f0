package io.gleaner.perf.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.content.Trees;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoostingTest {

    private static final Boosting SMALL = new Boosting(60, 4, 0.3, 1, 1, 0.8, 1);

    /** Either of two features being over a half, but not both. */
    private static Boosting.Table exclusive() {
        var random = new Random(1);
        var rows = new ArrayList<float[]>();
        float[] labels = new float[2_000];
        float[] weights = new float[labels.length];
        int[] groups = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            float[] row = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
            rows.add(row);
            labels[i] = row[0] > 0.5 != row[1] > 0.5 ? 1 : 0;
            weights[i] = 1;
            groups[i] = i;
        }
        return new Boosting.Table(rows, labels, weights, groups);
    }

    @Test
    void whatNoSingleFeatureTellsIsLearned() {
        Trees trees = SMALL.fit(exclusive());
        assertThat(trees.score(new float[] {0.9f, 0.1f, 0.5f})).isGreaterThan(2);
        assertThat(trees.score(new float[] {0.1f, 0.9f, 0.5f})).isGreaterThan(2);
        assertThat(trees.score(new float[] {0.9f, 0.9f, 0.5f})).isLessThan(-2);
        assertThat(trees.score(new float[] {0.1f, 0.1f, 0.5f})).isLessThan(-2);
    }

    @Test
    void theSameRowsGiveTheSameTrees() throws IOException {
        assertThat(bytes(SMALL.fit(exclusive()))).isEqualTo(bytes(SMALL.fit(exclusive())));
    }

    private static byte[] bytes(Trees trees) throws IOException {
        var out = new ByteArrayOutputStream();
        trees.write(new DataOutputStream(out));
        return out.toByteArray();
    }
}
