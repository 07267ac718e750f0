package io.gleaner.perf.manifests;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds an object against the type that its apiVersion and kind name. */
final class Types {

    /** Where each kind that we use lives, and its model where that is part of Kubernetes. */
    private static final Map<String, String> API_VERSIONS =
            Map.ofEntries(
                    Map.entry("ConfigMap", "v1"),
                    Map.entry("Pod", "v1"),
                    Map.entry("Secret", "v1"),
                    Map.entry("Service", "v1"),
                    Map.entry("Deployment", "apps/v1"),
                    Map.entry("Job", "batch/v1"),
                    Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
                    Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
                    Map.entry("PodDisruptionBudget", "policy/v1"),
                    Map.entry("ScaledObject", "keda.sh/v1alpha1"),
                    Map.entry("ServiceMonitor", "monitoring.coreos.com/v1"),
                    Map.entry("Kustomization", "kustomize.config.k8s.io/v1beta1"));

    private Types() {}

    /**
     * @param whole false for a patch, which may leave out what is required
     */
    static Stream<Finding> check(Manifest manifest, boolean whole) {
        Optional<Finding> stranger = stranger(manifest);
        if (stranger.isPresent()) {
            return stranger.stream();
        }
        String kind = manifest.kind();
        Shape shape =
                CustomTypes.has(kind)
                        ? CustomTypes.of(kind)
                        : KubernetesTypes.of(model(manifest.apiVersion(), kind));
        return ShapeCheck.check(manifest.top(), shape, whole).stream();
    }

    private static Optional<Finding> stranger(Manifest manifest) {
        String version = API_VERSIONS.get(manifest.kind());
        if (version == null) {
            return Optional.of(manifest.at("kind").wrong("is not known: " + manifest.kind()));
        }
        return version.equals(manifest.apiVersion())
                ? Optional.empty()
                : Optional.of(
                        manifest.at("apiVersion")
                                .wrong("must be %s: %s".formatted(version, manifest.apiVersion())));
    }

    /** Such as {@code V2HorizontalPodAutoscaler}. */
    private static String model(String apiVersion, String kind) {
        String version = apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
        return "V" + version.substring(1) + kind;
    }
}
