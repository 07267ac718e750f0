package io.gleaner.perf.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.load.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is not answered well counts, whether it is answered or not. */
class ProbesIT {

    private static final String REFUSED = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";

    private final CountDownLatch asked = new CountDownLatch(4);

    private String answer(long n) {
        asked.countDown();
        return switch ((int) n) {
            case 1 -> REFUSED;
            case 2 -> "";
            default -> ScriptedServer.HELLO;
        };
    }

    @Test
    void aRefusalAndABrokenConnectionAreUnavailable() throws Exception {
        try (var server = ScriptedServer.start(this::answer)) {
            Probes probes = Probes.every(Duration.ofMillis(20), server.target(), "/");
            asked.await();

            Probes.Availability availability = probes.end();

            assertThat(availability.failed())
                    .extracting(Probes.Probe::problem)
                    .hasSize(2)
                    .contains("status 503");
            assertThat(availability.percent()).isLessThan(100);
        }
    }
}
