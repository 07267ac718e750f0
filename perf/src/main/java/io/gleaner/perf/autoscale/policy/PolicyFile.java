package io.gleaner.perf.autoscale.policy;

import io.gleaner.perf.autoscale.policy.ScalingRules.Select;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads HorizontalPodAutoscalers from YAML, as strictly as {@code kubectl apply --validate=strict}
 * and the API server: unknown and doubled keys, missing fields, values out of range and words that
 * mean nothing are refused. Fields that the model leaves out ({@code matchExpressions}) are unknown
 * here too.
 */
public final class PolicyFile {

    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private static final int REPLICAS_MAX = 100_000;
    private static final int PERCENT_MAX = 100_000;

    private static final Map<String, Select> SELECTS =
            Map.of("Max", Select.MAX, "Min", Select.MIN, "Disabled", Select.DISABLED);
    private static final Map<String, ScalingPolicy.Type> POLICY_TYPES =
            Map.of("Pods", ScalingPolicy.Type.PODS, "Percent", ScalingPolicy.Type.PERCENT);

    private PolicyFile() {}

    /**
     * All autoscalers of a file.
     *
     * @throws PolicyException it cannot be read, is not YAML, holds none, or one is wrong
     */
    public static List<HpaSpec> read(Path file) {
        try {
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException e) {
            throw new PolicyException(
                    "%s cannot be read: %s".formatted(file, e.getClass().getSimpleName()));
        }
    }

    /**
     * The same of a text.
     *
     * @param name of the file in messages
     */
    public static List<HpaSpec> parse(String name, String text) {
        List<HpaSpec> specs = new ArrayList<>();
        int number = 0;
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                number++;
                JsonNode node = documents.nextValue();
                if (!node.isNull() && !node.isMissingNode()) {
                    specs.add(hpa(new Field("%s, document %d".formatted(name, number), "", node)));
                }
            }
        } catch (JacksonException e) {
            throw new PolicyException(
                    "%s, document %d: %s"
                            .formatted(name, Math.max(1, number), e.getOriginalMessage()));
        }
        if (specs.isEmpty()) {
            throw new PolicyException(name + ": there is no HorizontalPodAutoscaler in it");
        }
        return specs;
    }

    private static HpaSpec hpa(Field top) {
        top.only("apiVersion", "kind", "metadata", "spec");
        top.required("apiVersion").exactly("autoscaling/v2");
        top.required("kind").exactly("HorizontalPodAutoscaler");
        Field metadata =
                top.required("metadata").only("name", "namespace", "labels", "annotations");
        metadata.maybe("namespace").ifPresent(it -> it.name(Names.LABEL));
        metadata.maybe("labels").ifPresent(Field::labels);
        metadata.maybe("annotations").ifPresent(Field::annotations);
        Field spec =
                top.required("spec")
                        .only(
                                "scaleTargetRef",
                                "minReplicas",
                                "maxReplicas",
                                "metrics",
                                "behavior");
        Field target = spec.required("scaleTargetRef").only("apiVersion", "kind", "name");
        target.required("apiVersion").exactly("apps/v1");
        target.required("kind").exactly("Deployment");
        int min = spec.maybe("minReplicas").map(it -> it.integer(1, REPLICAS_MAX)).orElse(1);
        Field max = spec.required("maxReplicas");
        if (max.integer(1, REPLICAS_MAX) < min) {
            throw max.refused("must be at least minReplicas (%d): %s".formatted(min, max.node()));
        }
        List<MetricSpec> metrics =
                spec.maybe("metrics")
                        .map(it -> it.items().stream().map(MetricFields::metric).toList())
                        .orElse(List.of());
        return new HpaSpec(
                metadata.required("name").name(Names.SUBDOMAIN),
                target.required("name").name(Names.PATH_SEGMENT),
                min,
                max.integer(1, REPLICAS_MAX),
                metrics,
                spec.maybe("behavior").map(PolicyFile::behavior).orElse(null));
    }

    private static Behavior behavior(Field behavior) {
        behavior.only("scaleUp", "scaleDown");
        return new Behavior(
                rules(behavior.maybe("scaleUp"), ScalingRules.UP_DEFAULT),
                rules(behavior.maybe("scaleDown"), ScalingRules.DOWN_DEFAULT));
    }

    // copyHPAScalingRules: what is not said keeps its default, one by one.
    private static ScalingRules rules(Optional<Field> given, ScalingRules defaults) {
        if (given.isEmpty()) {
            return defaults;
        }
        Field rules =
                given.get()
                        .only(
                                "stabilizationWindowSeconds",
                                "selectPolicy",
                                "policies",
                                "tolerance");
        @Nullable Duration window =
                rules.maybe("stabilizationWindowSeconds")
                        .map(
                                it ->
                                        Duration.ofSeconds(
                                                it.integer(0, ScalingRules.WINDOW_MAX_SECONDS)))
                        .orElse(defaults.window());
        List<ScalingPolicy> policies =
                rules.maybe("policies").map(PolicyFile::policies).orElse(defaults.policies());
        return new ScalingRules(
                window,
                rules.maybe("selectPolicy").map(it -> it.oneOf(SELECTS)).orElse(defaults.select()),
                policies,
                rules.maybe("tolerance").map(it -> it.read(Quantity::milli) / 1000.0).orElse(null));
    }

    private static List<ScalingPolicy> policies(Field list) {
        List<ScalingPolicy> policies = list.items().stream().map(PolicyFile::policy).toList();
        if (policies.isEmpty()) {
            throw list.refused("must not be empty");
        }
        return policies;
    }

    private static ScalingPolicy policy(Field policy) {
        policy.only("type", "value", "periodSeconds");
        return new ScalingPolicy(
                policy.required("type").oneOf(POLICY_TYPES),
                policy.required("value").integer(1, PERCENT_MAX),
                Duration.ofSeconds(
                        policy.required("periodSeconds")
                                .integer(1, ScalingPolicy.PERIOD_MAX_SECONDS)));
    }
}
