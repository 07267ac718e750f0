package io.gleaner.perf.manifests;

import java.util.HashSet;
import java.util.stream.Stream;

/** No two objects are the same one, and none is bound to a namespace: that is for who installs. */
final class NamesAreUnique implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        var seen = new HashSet<String>();
        return cluster.manifests().stream()
                .flatMap(
                        manifest ->
                                Stream.concat(
                                        Stream.of(manifest.at("metadata", "namespace"))
                                                .filter(Place::isThere)
                                                .map(it -> it.wrong("must be left out")),
                                        Stream.of(manifest.at("metadata", "name"))
                                                .filter(name -> !seen.add(key(manifest)))
                                                .map(name -> name.wrong("is there twice"))));
    }

    private static String key(Manifest manifest) {
        return manifest.kind() + " " + manifest.name();
    }
}
