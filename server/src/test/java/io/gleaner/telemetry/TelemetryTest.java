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

    @Test
    void theMemoryLimitIsAboveWhatIsResident() {
        assertThat(ResidentMemory.limitBytes()).isGreaterThan(1 << 20);
        assertThat(ResidentMemory.bytes())
                .satisfiesAnyOf(
                        bytes -> assertThat(bytes).isNaN(),
                        bytes -> assertThat(bytes).isLessThan(ResidentMemory.limitBytes()));
    }

    @Test
    void whatLivesIsInTheHeapAfterACollectionAndGarbageIsNot() {
        byte[] alive = new byte[32 << 20];
        System.gc();
        double with = HeapAfterCollection.bytes();
        alive = new byte[1];
        System.gc();

        assertThat(with).isGreaterThan(32 << 20).isLessThan(Runtime.getRuntime().maxMemory());
        assertThat(HeapAfterCollection.bytes()).isLessThan(with - (16 << 20));
        assertThat(alive).hasSize(1);
    }
}
