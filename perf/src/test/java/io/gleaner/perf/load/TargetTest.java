package io.gleaner.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void loadGoesToLoopbackOnly() {
        assertThat(new Target("127.3.2.1", 80).host()).isEqualTo("127.3.2.1");
        assertThatThrownBy(() -> new Target("192.0.2.1", 80)).hasMessageContaining("loopback only");
    }
}
