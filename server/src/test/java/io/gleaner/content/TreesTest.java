package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreesTest {

    /**
     * Asks whether feature 0 is over 1, then whether feature 1 is over 7. A second tree adds 10.
     */
    private static final Trees TREES =
            new Trees(
                    0.5f,
                    2,
                    new short[] {0, 1, 0, 0},
                    new float[] {1, 7, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY},
                    new float[] {-1, 2, -4, 3, 10, 0, 0, 0});

    @Test
    void eachTreeAddsWhatItsLeafSays() {
        assertThat(TREES.score(new float[] {1, 0})).isEqualTo(9.5f);
        assertThat(TREES.score(new float[] {2, 7})).isEqualTo(12.5f);
        assertThat(TREES.score(new float[] {1, 8})).isEqualTo(6.5f);
        assertThat(TREES.score(new float[] {2, 8})).isEqualTo(13.5f);
    }

    @Test
    void aModelIsWhatWasWritten() throws IOException {
        var words = Model.Words.of(Map.of(7L, 1.5f, -3L, -2f));
        var model = new Model(words, Collections.nCopies(7, TREES), TREES, TREES);
        var out = new ByteArrayOutputStream();
        model.write(out);
        Model read = Model.read(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read.words().weight(7)).isEqualTo(1.5f);
        assertThat(read.words().weight(-3)).isEqualTo(-2f);
        assertThat(read.words().weight(8)).isZero();
        assertThat(read.second().score(new float[] {2, 8})).isEqualTo(13.5f);
    }
}
