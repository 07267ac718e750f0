package io.gleaner.testing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** No property runs by a seed of the moment unless it is asked to. */
class FixedSeedsTest {

    private static final int OF_THIS_NAME = 27;

    @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
    void aPropertyGetsTheSameInputsInEveryRun(@ForAll @IntRange(max = 1_000_000_000) int input) {
        if (FixedSeeds.wanted()) {
            assertThat(input).isEqualTo(OF_THIS_NAME);
        }
    }
}
