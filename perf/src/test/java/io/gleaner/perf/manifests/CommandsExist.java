package io.gleaner.perf.manifests;

import java.util.List;
import java.util.stream.Stream;

/** What a container starts is a command of the product; its image brings the program. */
final class CommandsExist implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.workloads()
                .flatMap(it -> it.containers().stream())
                .flatMap(it -> check(cluster.product(), it));
    }

    private static Stream<Finding> check(Product product, Place container) {
        Place arguments = container.at("args");
        List<String> words = arguments.items().stream().map(Place::text).toList();
        if (container.at("command").isThere()) {
            return Stream.of(container.at("command").wrong("must be left to the image"));
        }
        return words.isEmpty() || !product.understands(words)
                ? Stream.of(arguments.wrong("is no command of the product: " + words))
                : Stream.empty();
    }
}
