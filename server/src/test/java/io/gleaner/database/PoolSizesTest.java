package io.gleaner.database;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PoolSizesTest {

    @Property
    void everyBudgetIsSharedOutWhollyAndEachPoolHasTwoAtLeast(
            @ForAll
                    @IntRange(
                            min = DatabaseConfig.CONNECTIONS_MIN,
                            max = DatabaseConfig.CONNECTIONS_MAX)
                    int budget) {
        PoolSizes sizes = PoolSizes.of(budget);
        assertThat(sizes.requests() + sizes.work() + sizes.maintenance()).isEqualTo(budget);
        assertThat(sizes.requests()).isGreaterThanOrEqualTo(2);
        assertThat(sizes.work()).isGreaterThanOrEqualTo(2);
        assertThat(sizes.maintenance()).isGreaterThanOrEqualTo(2);
    }
}
