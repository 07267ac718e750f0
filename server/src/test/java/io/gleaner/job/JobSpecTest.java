package io.gleaner.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JobSpecTest {

    @Property
    void everyPriorityFromOneToNineIsAccepted(@ForAll @IntRange(min = 1, max = 9) int priority) {
        assertThat(spec(priority).priority()).isEqualTo(priority);
    }

    @Test
    void aPriorityOutsideOneToNineIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec(10))
                .withMessage("priority must be 1 to 9: 10");
    }

    @Test
    void aCrawlSpecGoesWithACrawlJobOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new JobSpec(
                                        JobKind.URLS,
                                        CrawlSpec.of(URI.create("http://a.example/")),
                                        ContentSpec.standard(),
                                        FetchSpec.standard(),
                                        5));
    }

    @Test
    void aTimeoutOutsideItsBoundsIsRefusedWithTheBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FetchSpec(Map.of(), Duration.ofHours(1), true))
                .withMessage("timeout must be 100ms to 5m: 1h");
    }

    private static JobSpec spec(int priority) {
        return new JobSpec(
                JobKind.URLS, null, ContentSpec.standard(), FetchSpec.standard(), priority);
    }
}
