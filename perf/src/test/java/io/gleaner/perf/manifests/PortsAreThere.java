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
        return cluster.workloads()
                .flatMap(PortsAreThere::ports)
                .flatMap(
                        port -> {
                            String setting = setting(port);
                            String listened = value(cluster, setting);
                            Place container = port.at("containerPort");
                            return container.text().equals(listened)
                                    ? Stream.empty()
                                    : Stream.of(
                                            container.wrong(
                                                    "is not %s (%s): %s"
                                                            .formatted(
                                                                    setting,
                                                                    listened,
                                                                    container.text())));
                        });
    }

    private static String setting(Place port) {
        return port.at("name").text().equals("health") ? "GLEANER_HEALTH_PORT" : "GLEANER_PORT";
    }

    private static String value(Cluster cluster, String setting) {
        return cluster.of("ConfigMap")
                .map(it -> it.at("data", setting).text())
                .findFirst()
                .orElse("");
    }

    private static Stream<Place> ports(Workload workload) {
        return workload.containers().stream().flatMap(it -> it.at("ports").items().stream());
    }
}
