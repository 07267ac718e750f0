package io.gleaner.perf.manifests;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object for a cluster.
 *
 * @param file where it stands, from {@code deploy/k8s}; with the file that patched it, if any
 */
record Manifest(String file, ObjectNode root) {

    String apiVersion() {
        return root.path("apiVersion").asString("");
    }

    String kind() {
        return root.path("kind").asString("");
    }

    String name() {
        return root.path("metadata").path("name").asString("");
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    Map<String, String> labels() {
        return at("metadata", "labels").texts();
    }

    Place top() {
        return new Place("%s, %s %s".formatted(file, kind(), name()).strip(), "", root);
    }

    Place at(String... keys) {
        return top().at(keys);
    }
}
