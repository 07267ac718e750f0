package io.gleaner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
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
    void whatLivesIsInTheHeapAfterACollection() {
        assertThat(heapWhileAlive(new byte[32 << 20]))
                .isBetween(32.0 * (1 << 20), (double) Runtime.getRuntime().maxMemory());
    }

    private static double heapWhileAlive(byte[] alive) {
        try {
            System.gc();
            return HeapAfterCollection.bytes();
        } finally {
            Reference.reachabilityFence(alive);
        }
    }
}
