package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Requests of single containers: {@code calculatePodRequestsFromContainers} of
 * replica_calculator.go.
 */
class ContainerMetricTest {

    private static Pod pod(String name, Pod.Container... containers) {
        return new Pod(
                name,
                Pod.Phase.RUNNING,
                false,
                Instant.EPOCH,
                new Pod.Ready(Pod.Status.TRUE, Instant.EPOCH),
                List.of(containers));
    }

    private final Pod pod =
            pod(
                    "pod",
                    new Pod.Container("main", Map.of("cpu", 1000L)),
                    new Pod.Container("side", Map.of("cpu", 200L)));

    @Test
    void aResourceMetricAddsUpTheRequestsOfAllContainers() throws ClusterException {
        assertThat(PodRequests.of(List.of(pod), "cpu", null))
                .containsExactly(Map.entry("pod", 1200L));
    }

    @Test
    void aContainerMetricTakesTheRequestOfItsContainer() throws ClusterException {
        assertThat(PodRequests.of(List.of(pod), "cpu", "side"))
                .containsExactly(Map.entry("pod", 200L));
    }

    @Test
    void aContainerMetricNeedsNoRequestOfTheOthers() throws ClusterException {
        var odd =
                pod(
                        "odd",
                        new Pod.Container("main", Map.of()),
                        new Pod.Container("side", Map.of("cpu", 5L)));
        assertThat(PodRequests.of(List.of(odd), "cpu", "side"))
                .containsExactly(Map.entry("odd", 5L));
        assertThatThrownBy(() -> PodRequests.of(List.of(odd), "cpu", null))
                .hasMessage("missing request for cpu in container main of Pod odd");
    }

    @Test
    void aContainerThatAPodDoesNotHaveIsAnError() {
        assertThatThrownBy(() -> PodRequests.of(List.of(pod), "cpu", "proxy"))
                .hasMessage("container proxy not found in Pod pod");
    }
}
