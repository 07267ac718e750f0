package io.gleaner.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {

    @ParameterizedTest
    @CsvSource({"512, 128", "2048, 128", "4096, 256", "8192, 512", "262144, 512"})
    void buffersAreASixteenthOfTheMachineWithinBounds(long machine, long buffers) {
        assertThat(PostgresSettings.buffers(machine)).isEqualTo(buffers);
    }
}
