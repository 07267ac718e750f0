package io.gleaner.perf.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.LabSettings;
import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pods are processes of the service: started, replaced and ended in the order of a cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PodsIT {

    private static final Grace GRACE =
            new Grace(Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofMinutes(2));
    private static final Duration PROBE_PERIOD = Duration.ofMillis(50);

    private final Lab lab =
            new Lab(
                    new LabSettings(Optional.empty(), List.of(), List.of(), Map.of(), false),
                    new ServerProgram(
                            List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                            ServerProgram.onClassPath()),
                    line -> {});
    private final Postgres postgres = lab.postgres();
    private final Optional<String> database = Optional.of(postgres.fresh("pods").url());
    private final Endpoints endpoints = new Endpoints();

    @AfterAll
    void end() {
        postgres.close();
        lab.close();
    }

    @Test
    void theProxyAnswersWhilePodsAreReplacedOneByOne() throws Exception {
        var plan = new PodPlan(this::api, endpoints, GRACE, PROBE_PERIOD);
        try (var deployment = new Deployment("api", plan);
                RoundRobinProxy proxy = RoundRobinProxy.over(endpoints)) {
            deployment.scaleTo(1);
            deployment.awaitReady();
            Pod first = deployment.pods().getFirst();
            endpoints.await(1, Duration.ofMinutes(2));
            Probes probes = Probes.every(Duration.ofMillis(100), proxy.target(), "/health/live");

            deployment.rollingRestart();

            Probes.Availability availability = probes.end();
            assertThat(availability.failed()).isEmpty();
            assertThat(availability.percent()).isEqualTo(100);
            assertThat(deployment.pods()).hasSize(1).doesNotContain(first);
            assertThat(first.phase()).isEqualTo(Pod.Phase.ENDED);
            Termination end = deployment.terminations().getFirst();
            assertThat(end.pod()).isEqualTo("api-1");
            assertThat(Duration.between(end.marked(), end.signalled()))
                    .isGreaterThanOrEqualTo(GRACE.preStop());
            assertThat(end.exitCode()).hasValue(0);
            assertThat(end.killed()).isFalse();

            Pod second = deployment.pods().getFirst();
            second.kill();
            assertThat(second.service().orElseThrow().isAlive()).isFalse();
            // Whoever comes before the proxy knows of it fails, and is not sent elsewhere.
            try (var connection = HttpConnection.open(proxy.target())) {
                assertThatThrownBy(() -> connection.exchange(HttpRequest.get("/health/live", "")))
                        .isInstanceOf(IOException.class);
            }
            assertThat(proxy.refused()).isEqualTo(1);
        }
    }

    @Test
    void aPodThatIgnoresSigtermIsKilledWhenItsGraceIsOver() throws Exception {
        var hasty = new Grace(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(200));
        try (Pod pod = Pod.start("stuck", new PodPlan(this::api, endpoints, GRACE, PROBE_PERIOD))) {
            pod.awaitReady(Duration.ofMinutes(2));
            pod.service().orElseThrow().freeze();

            Termination end = pod.terminate(hasty);

            assertThat(end.killed()).isTrue();
            assertThat(end.exitCode()).hasValue(128 + 9);
            assertThat(end.stopping()).isGreaterThanOrEqualTo(Grace.AFTER_SIGTERM_MIN);
        }
    }

    @Test
    void aPodThatIsDeletedWhileItStartsLeavesNoProcess() throws Exception {
        Pod pod = Pod.start("early", new PodPlan(this::api, endpoints, GRACE, PROBE_PERIOD));

        Termination end = pod.terminate();

        assertThat(end.exitCode()).isEmpty();
        assertThat(pod.phase()).isEqualTo(Pod.Phase.ENDED);
        assertThat(ProcessHandle.current().children().map(ProcessHandle::info))
                .noneMatch(info -> info.commandLine().orElse("").contains("serve"));
    }

    private Service api(String name) throws InterruptedException {
        return lab.service(
                database, List.of("--roles", "api"), List.of(), Map.of(), Optional.empty());
    }
}
