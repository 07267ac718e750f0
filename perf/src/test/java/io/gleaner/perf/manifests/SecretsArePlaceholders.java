package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/** What stands in the repository is no secret. */
final class SecretsArePlaceholders implements Rule {

    static final String PLACEHOLDER = "CHANGE-ME";

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.of("Secret")
                .flatMap(it -> it.at("stringData").entries().values().stream())
                .filter(it -> !it.text().contains(PLACEHOLDER))
                .map(it -> it.wrong("must hold the placeholder " + PLACEHOLDER));
    }
}
