package io.gleaner.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedPostgresConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Shared_Buffers", "a b", "include '/etc/passwd' #", "x\ny"})
    void aSettingMustHaveAName(String name) {
        assertThatThrownBy(() -> config(Duration.ofSeconds(1), Map.of(name, "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aValueStaysOnItsLine() {
        assertThatThrownBy(() -> config(Duration.ofSeconds(1), Map.of("work_mem", "1MB'\nport=1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("work_mem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
    void theStartTimeoutHasBounds(Duration timeout) {
        assertThatThrownBy(() -> config(timeout, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(timeout.toString());
    }

    private static EmbeddedPostgresConfig config(Duration timeout, Map<String, String> settings) {
        return new EmbeddedPostgresConfig(Path.of("data"), timeout, settings);
    }
}
