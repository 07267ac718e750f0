package io.gleaner.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedLoopIT {

    private static LoadResult run(ScriptedServer server) throws Exception {
        return new ClosedLoop(4, Duration.ofSeconds(1))
                .run(server.target(), new Hello(), new AtomicLong());
    }

    @Test
    void everyRequestIsAnsweredOverKeptConnections() throws Exception {
        try (var server = ScriptedServer.start(n -> ScriptedServer.HELLO)) {
            LoadResult result = run(server);
            assertThat(result.accepted()).isGreaterThan(4).isEqualTo(server.requests());
            assertThat(result.lost()).isZero();
            assertThat(result.latency().count()).isEqualTo(result.accepted());
        }
    }

    @Test
    void connectionsThatTheServerClosesAreReplaced() throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        try (var server = ScriptedServer.start(n -> last)) {
            LoadResult result = run(server);
            assertThat(result.accepted()).isGreaterThan(4);
            assertThat(result.failed()).isZero();
        }
    }

    @Test
    void aConnectionThatBreaksIsAFailure() throws Exception {
        try (var server = ScriptedServer.start(n -> n == 2 ? "" : ScriptedServer.HELLO)) {
            assertThat(run(server).failed()).isEqualTo(1);
        }
    }
}
