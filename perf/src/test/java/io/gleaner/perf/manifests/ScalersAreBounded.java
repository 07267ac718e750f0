package io.gleaner.perf.manifests;

import io.gleaner.perf.autoscale.policy.PolicyException;
import io.gleaner.perf.autoscale.policy.PolicyFile;
import java.util.stream.Stream;

/**
 * Autoscalers are as the API server accepts them: {@link PolicyFile} reads HPAs; a ScaledObject's
 * bounds are checked here.
 */
final class ScalersAreBounded implements Rule {

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return Stream.concat(
                cluster.of("HorizontalPodAutoscaler").flatMap(ScalersAreBounded::policy),
                cluster.of("ScaledObject").flatMap(ScalersAreBounded::bounds));
    }

    private static Stream<Finding> policy(Manifest hpa) {
        try {
            PolicyFile.parse(hpa.file(), hpa.root().toString());
            return Stream.empty();
        } catch (PolicyException e) {
            String prefix = hpa.file() + ", document 1: ";
            String said = String.valueOf(e.getMessage()).replace(prefix, "");
            String[] fieldAndWhy = said.split(" ", 2);
            return Stream.of(new Finding(hpa.top().where(), fieldAndWhy[0], fieldAndWhy[1]));
        }
    }

    private static Stream<Finding> bounds(Manifest scaled) {
        // What KEDA takes when nothing is said.
        int min = scaled.at("spec", "minReplicaCount").integer().orElse(0);
        Place max = scaled.at("spec", "maxReplicaCount");
        return max.integer().orElse(100) < Math.max(1, min)
                ? Stream.of(max.wrong("must be at least 1 and minReplicaCount (%d)".formatted(min)))
                : Stream.empty();
    }
}
