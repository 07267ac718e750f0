package io.gleaner.perf.manifests;

import java.util.List;
import java.util.Map;

/**
 * Something that makes pods.
 *
 * @param pod the template, or the pod itself
 */
record Workload(Manifest manifest, Place pod) {

    static boolean is(Manifest manifest) {
        return switch (manifest.kind()) {
            case "Deployment", "Job", "Pod" -> true;
            default -> false;
        };
    }

    static Workload of(Manifest manifest) {
        return new Workload(
                manifest,
                manifest.kind().equals("Pod") ? manifest.top() : manifest.at("spec", "template"));
    }

    Map<String, String> labels() {
        return pod.at("metadata", "labels").texts();
    }

    List<Place> containers() {
        return pod.at("spec", "containers").items();
    }

    /** The roles of the product that it runs, as {@code GLEANER_ROLES} has them; empty for none. */
    String roles() {
        return containers().stream()
                .flatMap(container -> container.at("env").items().stream())
                .filter(variable -> variable.at("name").text().equals("GLEANER_ROLES"))
                .map(variable -> variable.at("value").text())
                .findFirst()
                .orElse("");
    }

    /** Whether it goes on until it is stopped. */
    boolean serves() {
        return manifest.kind().equals("Deployment");
    }
}
