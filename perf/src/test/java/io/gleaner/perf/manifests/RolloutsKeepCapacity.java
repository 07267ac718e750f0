package io.gleaner.perf.manifests;

import java.util.stream.Stream;

/** A rolling update starts the new pod before it stops an old one. */
final class RolloutsKeepCapacity implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.of("Deployment")
                .map(it -> it.at("spec", "strategy", "rollingUpdate"))
                .flatMap(
                        it ->
                                Stream.of(
                                                must(it.at("maxUnavailable"), "0"),
                                                must(it.at("maxSurge"), "1"))
                                        .flatMap(found -> found));
    }

    private static Stream<Finding> must(Place place, String number) {
        return place.text().equals(number)
                ? Stream.empty()
                : Stream.of(place.wrong("must be %s: %s".formatted(number, place.node())));
    }
}
