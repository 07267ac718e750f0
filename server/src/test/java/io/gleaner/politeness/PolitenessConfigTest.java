package io.gleaner.politeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolitenessConfigTest {

    @Test
    void standardIsValid() {
        assertThat(PolitenessConfig.standard().robotsMaxBytes()).isEqualTo(512_000);
    }

    @Test
    void badValueIsRefusedByNameWithWhatIsAccepted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configs.slots(0))
                .withMessage("hostSlots must be 1 to 1000: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configs.delay(Duration.ofSeconds(-1)))
                .withMessage("crawlDelayMin must not be negative: PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configs.delay(Duration.ofMinutes(1)))
                .withMessage("crawlDelayMax must be at least crawlDelayMin PT1M: PT30S");
    }
}
