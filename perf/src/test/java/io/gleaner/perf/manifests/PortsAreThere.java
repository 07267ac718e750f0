package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/** Ports that are named are ports of what is selected, and the product listens on them. */
final class PortsAreThere implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return Stream.of(ofServices(cluster), ofMonitors(cluster), listenedOn(cluster))
                .flatMap(found -> found);
    }

    private static Stream<Finding> ofServices(Cluster cluster) {
        return cluster.of("Service")
                .flatMap(
                        service ->
                                service.at("spec", "ports").items().stream()
                                        .map(port -> port.at("targetPort"))
                                        .filter(Place::isThere)
                                        .filter(port -> !isOnAll(cluster, service, port.text()))
                                        .map(
                                                it ->
                                                        it.wrong(
                                                                "is no port of the pods: "
                                                                        + it.text())));
    }

    private static boolean isOnAll(Cluster cluster, Manifest service, String port) {
        return cluster.workloads()
                .filter(
                        it ->
                                Selector.matchesAll(
                                        service.at("spec", "selector").texts(), it.labels()))
                .allMatch(
                        it ->
                                ports(it)
                                        .anyMatch(
                                                each ->
                                                        each.at("name").text().equals(port)
                                                                || each.at("containerPort")
                                                                        .text()
                                                                        .equals(port)));
    }

    private static Stream<Finding> ofMonitors(Cluster cluster) {
        return cluster.of("ServiceMonitor")
                .flatMap(
                        monitor ->
                                monitor.at("spec", "endpoints").items().stream()
                                        .map(endpoint -> endpoint.at("port"))
                                        .filter(port -> !isMonitored(cluster, monitor, port.text()))
                                        .map(
                                                it ->
                                                        it.wrong(
                                                                "is no port of the Service: "
                                                                        + it.text())));
    }

    private static boolean isMonitored(Cluster cluster, Manifest monitor, String port) {
        return cluster.of("Service")
                .filter(it -> new Selector(monitor.at("spec", "selector")).matches(it.labels()))
                .flatMap(it -> it.at("spec", "ports").items().stream())
                .anyMatch(it -> it.at("name").text().equals(port));
    }

    private static Stream<Finding> listenedOn(Cluster cluster) {
        String port =
                cluster.of("ConfigMap")
                        .map(it -> it.at("data", "GLEANER_PORT").text())
                        .findFirst()
                        .orElse("");
        return cluster.workloads()
                .flatMap(PortsAreThere::ports)
                .map(it -> it.at("containerPort"))
                .filter(it -> !it.text().equals(port))
                .map(it -> it.wrong("is not GLEANER_PORT (%s): %s".formatted(port, it.text())));
    }

    private static Stream<Place> ports(Workload workload) {
        return workload.containers().stream().flatMap(it -> it.at("ports").items().stream());
    }
}
