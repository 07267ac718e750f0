package io.gleaner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TelemetryTest {

    @Test
    void theScrapeHasTheMachineTheJvmAndOurs() {
        try (var telemetry = new Telemetry()) {
            telemetry.registry().counter("gleaner.tries", "kind", "one").increment();

            assertThat(telemetry.scrape())
                    .contains("gleaner_tries_total{kind=\"one\"} 1.0")
                    .contains("jvm_memory_used_bytes{")
                    .contains("process_cpu_usage")
                    .contains("process_resident_memory_bytes");
        }
    }

    @Test
    void residentMemoryIsReadWhereThereIsProc() {
        assertThat(ResidentMemory.bytes())
                .satisfiesAnyOf(
                        bytes -> assertThat(bytes).isNaN(),
                        bytes -> assertThat(bytes).isGreaterThan(1 << 20));
    }
}
