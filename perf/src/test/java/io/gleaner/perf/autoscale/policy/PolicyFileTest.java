package io.gleaner.perf.autoscale.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String GOOD =
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata:
              name: worker
            spec:
              scaleTargetRef:
                apiVersion: apps/v1
                kind: Deployment
                name: gleaner-worker
              minReplicas: 2
              maxReplicas: 20
              metrics:
                - type: Resource
                  resource:
                    name: cpu
                    target:
                      type: Utilization
                      averageUtilization: 70
                - type: External
                  external:
                    metric:
                      name: gleaner_backlog
                      selector:
                        matchLabels:
                          job: gleaner
                    target:
                      type: AverageValue
                      averageValue: 3k
              behavior:
                scaleUp:
                  tolerance: 0.05
                scaleDown:
                  stabilizationWindowSeconds: 120
                  selectPolicy: Min
                  policies:
                    - type: Percent
                      value: 50
                      periodSeconds: 60
            """;

    @Test
    void everyFieldEndsUpInTheSpec() {
        HpaSpec spec = PolicyFile.parse("hpa.yml", GOOD).getFirst();
        assertThat(spec)
                .isEqualTo(
                        new HpaSpec(
                                "worker",
                                "gleaner-worker",
                                2,
                                20,
                                List.of(
                                        new MetricSpec.Resource("cpu", new Target.Utilization(70)),
                                        new MetricSpec.External(
                                                new MetricId(
                                                        "gleaner_backlog",
                                                        Map.of("job", "gleaner")),
                                                new Target.AverageValue(3_000_000))),
                                new Behavior(
                                        new ScalingRules(
                                                Duration.ZERO,
                                                ScalingRules.Select.MAX,
                                                ScalingRules.UP_DEFAULT.policies(),
                                                0.05),
                                        new ScalingRules(
                                                Duration.ofMinutes(2),
                                                ScalingRules.Select.MIN,
                                                List.of(
                                                        ScalingPolicy.percent(
                                                                50, Duration.ofMinutes(1))),
                                                null))));
    }

    @Test
    void thePolicyThatIsShippedIsRead() {
        List<HpaSpec> specs = PolicyFile.read(Path.of("../deploy/k8s/base/hpa.yml"));
        assertThat(specs)
                .extracting(HpaSpec::target)
                .containsExactly("gleaner-api", "gleaner-worker");
        assertThat(specs.getLast().metrics())
                .extracting(MetricSpec::label)
                .containsExactly("cpu", "memory", "external metric gleaner_backlog");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    maxReplicas: 20            | maxReplicas: 1               | spec.maxReplicas must be at least minReplicas (2): 1
                    minReplicas: 2             | minReplicas: 0               | spec.minReplicas must be a whole number from 1
                    maxReplicas: 20            | maxReplica: 20               | spec.maxReplica is unknown here
                    maxReplicas: 20            | #                            | spec.maxReplicas is missing
                    maxReplicas: 20            | maxReplicas: "20"            | spec.maxReplicas must be a whole number
                    autoscaling/v2             | autoscaling/v1               | apiVersion must be autoscaling/v2: autoscaling/v1
                    HorizontalPodAutoscaler    | Deployment                   | kind must be HorizontalPodAutoscaler: Deployment
                    name: worker               | nam: worker                  | metadata.nam is unknown here
                    name: gleaner-worker       | #                            | spec.scaleTargetRef.name is missing
                    type: Resource             | type: Resources              | spec.metrics[0].type must be one of [ContainerResource, External, Object, Pods, Resource]: Resources
                    type: External             | type: Pods                   | spec.metrics[1].external does not belong to a metric of this type
                    name: cpu                  | name: gpu                    | spec.metrics[0].resource.name must be one of [cpu, memory]: gpu
                    type: Utilization          | type: Value                  | spec.metrics[0].resource.target.type must be one of Utilization, AverageValue here: Value
                    averageUtilization: 70     | averageUtilization: 0        | spec.metrics[0].resource.target.averageUtilization must be a whole number from 1
                    averageUtilization: 70     | averageValue: 70             | spec.metrics[0].resource.target.averageValue is unknown here
                    averageValue: 3k           | averageValue: 3q             | spec.metrics[1].external.target.averageValue not a quantity
                    averageValue: 3k           | averageValue: 0              | spec.metrics[1].external.target.averageValue must be positive
                    matchLabels                | matchExpressions             | spec.metrics[1].external.metric.selector.matchExpressions is unknown here
                    selectPolicy: Min          | selectPolicy: min            | spec.behavior.scaleDown.selectPolicy must be one of [Disabled, Max, Min]: min
                    type: Percent              | type: Percentage             | spec.behavior.scaleDown.policies[0].type must be one of [Percent, Pods]: Percentage
                    periodSeconds: 60          | periodSeconds: 1801          | spec.behavior.scaleDown.policies[0].periodSeconds must be a whole number from 1 to 1800: 1801
                    stabilizationWindowSeconds: 120 | stabilizationWindowSeconds: 3601 | spec.behavior.scaleDown.stabilizationWindowSeconds must be a whole number from 0 to 3600
                    tolerance: 0.05            | tolerance: -0.05             | spec.behavior.scaleUp.tolerance not a quantity
                    scaleUp:                   | scaleUpwards:                | spec.behavior.scaleUpwards is unknown here
                    minReplicas: 2             | maxReplicas: 2               | maxReplicas
                    name: worker               | name: Worker                 | metadata.name must be a subdomain as Kubernetes names things: Worker
                    name: worker               | name: worker_1               | metadata.name must be a subdomain
                    name: gleaner-worker       | name: gleaner/worker         | spec.scaleTargetRef.name must be a path segment
                    name: gleaner_backlog      | name: gleaner%backlog        | spec.metrics[1].external.metric.name must be a path segment
                    job: gleaner               | job: a gleaner               | spec.metrics[1].external.metric.selector.matchLabels.job must be a label's value
                    job: gleaner               | a job: gleaner               | spec.metrics[1].external.metric.selector.matchLabels.a job must be a label's key
                    """)
    void aMistakeIsRefusedWithFileDocumentAndField(String right, String wrong, String sentence) {
        String broken = GOOD.replaceFirst(Pattern.quote(right), wrong);
        assertThat(broken).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> PolicyFile.parse("hpa.yml", GOOD + "---\n" + broken))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("hpa.yml, document ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    namespace: shop_1                     | metadata.namespace must be a label
                    labels: [a]                           | metadata.labels must be a mapping
                    labels: {app: 7}                      | metadata.labels.app must be a text
                    labels: {-app: x}                     | metadata.labels.-app must be a label's key
                    labels: {a/b/c: x}                    | metadata.labels.a/b/c must be a label's key
                    labels: {Example.com/app: x}          | metadata.labels.Example.com/app must be a label's key
                    labels: {app: x-}                     | metadata.labels.app must be a label's value
                    annotations: {a: true}                | metadata.annotations.a must be a text
                    """)
    void metadataThatTheApiRefusesIsRefused(String line, String sentence) {
        String broken = GOOD.replace("  name: worker\n", "  name: worker\n  " + line + "\n");
        assertThat(broken).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> PolicyFile.parse("hpa.yml", broken))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void metadataThatTheApiTakesIsTaken() {
        String more =
                """
                  name: worker
                  namespace: shop-1
                  labels: {app.kubernetes.io/name: gleaner, empty: ""}
                  annotations: {example.com/why: "any text: <at> all"}
                """;
        assertThat(PolicyFile.parse("hpa.yml", GOOD.replace("  name: worker\n", more))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Gleaner", "gleaner.1", "gleaner_1", "-gleaner"})
    void aContainerThatCannotBeIsRefused(String container) {
        String broken =
                GOOD.replace("type: Resource", "type: ContainerResource")
                        .replace("    resource:\n", "    containerResource:\n")
                        .replace(
                                "name: cpu\n",
                                "name: cpu\n        container: %s\n".formatted(container));
        assertThatThrownBy(() -> PolicyFile.parse("hpa.yml", broken))
                .hasMessageContaining(
                        "spec.metrics[0].containerResource.container must be a label as Kubernetes"
                                + " names things: "
                                + container);
    }

    @Test
    void theSecondDocumentIsNamedWhenItIsTheOneThatIsWrong() {
        assertThatThrownBy(
                        () ->
                                PolicyFile.parse(
                                        "hpa.yml", GOOD + "---\n" + GOOD.replace("2", "two")))
                .hasMessageStartingWith("hpa.yml, document 2: ");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> PolicyFile.parse("hpa.yml", "# nothing\n"))
                .hasMessage("hpa.yml: there is no HorizontalPodAutoscaler in it");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000",
        "500m, 500",
        "0.5, 500",
        "3k, 3000000",
        "1Ki, 1024000",
        "512Mi, 536870912000",
        "2G, 2000000000000",
        "0.0001, 1"
    })
    void quantitiesAreMilliUnitsRoundedUp(String text, long milli) {
        assertThat(Quantity.milli(text)).isEqualTo(milli);
    }
}
