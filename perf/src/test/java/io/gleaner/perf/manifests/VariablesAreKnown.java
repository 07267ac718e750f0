package io.gleaner.perf.manifests;

import io.gleaner.app.Settings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every environment variable is one that the product reads, with a value that it accepts. */
final class VariablesAreKnown implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        Stream<Place> ofConfig =
                cluster.of("ConfigMap").flatMap(it -> it.at("data").entries().values().stream());
        Stream<Finding> config =
                ofConfig.flatMap(
                        it -> {
                            String name = it.path().substring(it.path().lastIndexOf('.') + 1);
                            return check(cluster.product().variables(), name, it, it);
                        });
        Stream<Finding> own =
                cluster.workloads()
                        .flatMap(it -> it.containers().stream())
                        .flatMap(it -> it.at("env").items().stream())
                        .flatMap(
                                it ->
                                        check(
                                                cluster.product().variables(),
                                                it.at("name").text(),
                                                it.at("name"),
                                                it.at("value")));
        return Stream.concat(config, own);
    }

    private static Stream<Finding> check(Set<String> known, String name, Place at, Place value) {
        if (!known.contains(name)) {
            return Stream.of(at.wrong("is no variable of the product: " + name));
        }
        try {
            Settings.fromEnvironment(Map.of(name, value.text()));
            return Stream.empty();
        } catch (IllegalArgumentException e) {
            return Stream.of(value.wrong("is refused by the product: " + e.getMessage()));
        }
    }
}
