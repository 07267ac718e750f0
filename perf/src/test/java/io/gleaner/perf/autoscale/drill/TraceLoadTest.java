package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.load.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceLoadTest {

    private static String json(int status, String body) {
        return "HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.length(), body);
    }

    @Test
    void itemsComeEvenlyAsTheRatesHaveIt() {
        assertThat(TraceLoad.times(new Trace("t", List.of(2.0, 0.0, 0.5, 0.5))))
                .containsExactly(0.25, 0.75, 3.0);
        assertThat(TraceLoad.times(Trace.named("spike", 0.4))).hasSize(3600);
    }

    @Test
    void whatIsAcknowledgedIsRememberedAndItsStateReadOnce() throws Exception {
        try (var server =
                        ScriptedServer.start(
                                n ->
                                        n % 2 == 0
                                                ? json(202, "{\"id\":\"job-%d\"}".formatted(n))
                                                : json(200, "{}"));
                var load =
                        TraceLoad.begin(
                                new Trace("t", List.of(1.0)), 100, server.target(), n -> "u" + n)) {
            TraceLoad.Result result = load.end();
            assertThat(result.failures()).isEmpty();
            assertThat(result.acknowledged())
                    .singleElement()
                    .satisfies(
                            job -> {
                                assertThat(job.id()).isEqualTo("job-0");
                                assertThat(job.urls()).containsExactly("u0");
                            });
            assertThat(result.submissions() + result.reads()).isEqualTo(server.requests());
        }
    }

    @Test
    void whatTheServiceHasNoTimeForIsRefused() throws Exception {
        try (var server = ScriptedServer.start(n -> json(503, ""));
                var load =
                        TraceLoad.begin(
                                new Trace("t", List.of(1.0)), 100, server.target(), n -> "u" + n)) {
            TraceLoad.Result result = load.end();
            assertThat(result.refused()).isEqualTo(1);
            assertThat(result.failures()).isEmpty();
            assertThat(result.acknowledged()).isEmpty();
        }
    }

    @Test
    void whatIsNotAnsweredRightlyCountsAsFailed() throws Exception {
        try (var server = ScriptedServer.start(n -> n == 0 ? json(500, "") : "");
                var load =
                        TraceLoad.begin(
                                new Trace("t", List.of(2.0)), 100, server.target(), n -> "u" + n)) {
            TraceLoad.Result result = load.end();
            assertThat(result.submissions()).isEqualTo(2);
            assertThat(result.acknowledged()).isEmpty();
            assertThat(result.failures())
                    .hasSize(2)
                    .anyMatch(line -> line.equals("POST: status 500"))
                    .anyMatch(
                            line -> line.contains("IOException") || line.contains("EOFException"));
        }
    }
}
