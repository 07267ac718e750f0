package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreesTest {

    /** Feature 0 up to 1: -1; over it feature 1 decides between 2 and 3. Another tree adds 10. */
    private static final Trees TREES =
            new Trees(
                    0.5f,
                    new int[] {0, 5},
                    new short[] {0, -1, 1, -1, -1, -1},
                    new int[] {2, 0, 4, 0, 0, 0},
                    new float[] {1, -1, 7, 2, 3, 10});

    @Test
    void eachTreeAddsWhatItsLeafSays() {
        assertThat(TREES.score(new float[] {1, 0})).isEqualTo(9.5f);
        assertThat(TREES.score(new float[] {2, 7})).isEqualTo(12.5f);
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
