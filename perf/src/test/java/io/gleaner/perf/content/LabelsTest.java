package io.gleaner.perf.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private static float[] labels(String truth, String... blocks) {
        return Labels.of(Arrays.stream(blocks).map(PageSet::words).toList(), PageSet.words(truth));
    }

    @Test
    void aBlockIsMainContentAsFarAsItsRunsOfWordsAre() {
        assertThat(labels("the river bends twice here", "Home", "The river bends twice", "Imprint"))
                .containsExactly(0, 1, 0);
        assertThat(labels("a b c d", "a b c d e f g h")).containsExactly(0.5f);
    }

    @Test
    void aShortBlockIsIfItsWordsStandThereAndNowhereElse() {
        assertThat(
                        labels(
                                "Prices are high now and again. 7 crowns",
                                "Prices are high now and again",
                                "7 crowns",
                                "7 crowns"))
                .containsExactly(1, 1, 0);
    }

    @Test
    void wordsAreCountedAsTheJudgeCountsThem() {
        assertThat(PageSet.words("Don't – naïve_x 3.5"))
                .isEqualTo(List.of("don", "t", "naïve_x", "3", "5"));
    }
}
