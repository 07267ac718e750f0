package io.gleaner.perf.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds {@code deploy/k8s} against Kubernetes' types, a running product and, if there, kubectl. */
final class ManifestsIT {

    @TempDir private static Path data;
    private static Product product;

    @BeforeAll
    static void start() {
        product = Product.start(data);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    void everythingThatIsShippedIsRight() {
        assertThat(Manifests.SHIPPED.builds())
                .extracting(it -> it.getFileName().toString())
                .containsExactly("base", "browser", "keda", "large", "renderer", "small");
        assertThat(Manifests.SHIPPED.check(product)).isEmpty();
    }

    @Test
    void theQueryOfKedaIsOneThatTheDatabaseAnswers() throws Exception {
        Place query =
                Kustomization.build(folder(), folder().resolve("overlays/keda")).stream()
                        .filter(it -> it.is("ScaledObject", "gleaner-worker"))
                        .map(it -> it.at("spec", "triggers").items().getFirst())
                        .findFirst()
                        .orElseThrow()
                        .at("metadata", "query");

        assertThat(product.query(query.text())).isZero();
    }

    @Test
    void theComposeFileKnowsTheProduct() throws Exception {
        String compose = Files.readString(Path.of("..", "deploy", "docker-compose.yml"));
        List<String> variables =
                found(Pattern.compile("^ +(GLEANER_\\w+):", Pattern.MULTILINE), compose);
        List<String> commands = found(Pattern.compile("command: \\[((?:serve|db).*)]"), compose);

        assertThat(variables).hasSizeGreaterThan(4).isSubsetOf(product.variables());
        assertThat(commands).containsExactly("db, migrate", "serve", "serve", "serve");
        assertThat(commands).allMatch(command -> product.understands(List.of(command.split(", "))));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** Where there is none, {@code deploy/k8s/validate} fetches one. */
    @Test
    void kubectlBuildsWhatWeBuild() throws Exception {
        Optional<Path> kubectl = kubectl();
        if (kubectl.isPresent()) {
            for (Path build : Manifests.SHIPPED.builds()) {
                List<String> theirs = Kubectl.kustomize(kubectl.get(), build);
                List<String> ours = Kubectl.plain(Kustomization.build(folder(), build));
                assertThat(ours).as("%s", build).containsExactlyInAnyOrderElementsOf(theirs);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    base/worker.yml         | maxUnavailable: 0             | maxUnavailabel: 0             | spec.strategy.rollingUpdate.maxUnavailabel is unknown in V1RollingUpdateDeployment
                    base/worker.yml         | containerPort: 8080           | protocol: TCP                 | spec.template.spec.containers[0].ports[0].containerPort is missing
                    base/worker.yml         | value: worker                 | value: 8080                   | spec.template.spec.containers[0].env[0].value must be a text
                    base/worker.yml         | value: worker                 | value: workers                | spec.template.spec.containers[0].env[0].value is refused by the product: GLEANER_ROLES is 'workers'
                    base/worker.yml         | name: GLEANER_ROLES           | name: GLEANER_ROLE            | spec.template.spec.containers[0].env[0].name is no variable of the product
                    base/worker.yml         | component: worker¶    spec | component: works¶    spec  | spec.selector selects nothing
                    base/worker.yml         | [serve]                       | [serve, --rolls]              | spec.template.spec.containers[0].args is no command of the product
                    base/worker.yml         | key: redis-url                | key: redis                    | spec.template.spec.containers[0].env[2].valueFrom.secretKeyRef.key is no key of a Secret
                    base/worker.yml         | path: /health/live            | path: /health/alive           | spec.template.spec.containers[0].livenessProbe.httpGet.path is no path of the product
                    base/worker.yml         | path: /health/live            | path: /health/ready           | spec.template.spec.containers[0].livenessProbe.httpGet.path must be /health/live
                    base/worker.yml         | port: health                  | port: http                    | spec.template.spec.containers[0].startupProbe.httpGet.port must be health
                    base/worker.yml         | name: health                  | name: heal                    | spec.template.spec.containers[0].ports[1].containerPort is not GLEANER_PORT (8080): 8081
                    base/worker.yml         | containerPort: 8081           | containerPort: 8082           | spec.template.spec.containers[0].ports[1].containerPort is not GLEANER_HEALTH_PORT (8081): 8082
                    base/worker.yml         | PeriodSeconds: 35             | PeriodSeconds: 34             | spec.template.spec.terminationGracePeriodSeconds must be at least preStop 0 s + delay 0 s + drain 25 s + 10 s = 35: 34
                    base/api.yml            | seconds: 5                    | seconds: 6                    | spec.template.spec.terminationGracePeriodSeconds must be at least preStop 6 s + delay 5 s
                    base/api.yml            | maxSurge: 1                   | maxSurge: 0                   | spec.strategy.rollingUpdate.maxSurge must be 1: 0
                    base/api.yml            | cpu: 750m                     | #                             | spec.template.spec.containers[0].resources.requests.cpu is missing: an autoscaler
                    base/api.yml            | cpu: 750m                     | cpu: 700m                     | spec.template.spec.containers[0].resources.requests.cpu is not cpuRequestMilli of capacity.json (750): 700m
                    base/api.yml            | cpu: 750m                     | cpu: 750mm                    | spec.template.spec.containers[0].resources.requests.cpu must be a quantity
                    base/api.yml            | targetPort: http              | targetPort: https             | spec.ports[0].targetPort is no port of the pods: https
                    base/api.yml            | ScheduleAnyway                | ScheduleAlways                | spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable must be one of [DoNotSchedule, ScheduleAnyway]: ScheduleAlways
                    base/api.yml            | readOnlyRootFilesystem: true  | readOnlyRootFilesystem: false | spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem must be true
                    base/api.yml            | apiVersion: apps/v1           | apiVersion: extensions/v1beta1 | apiVersion must be apps/v1
                    base/api.yml            | name: gleaner-api¶  labels | name: gleaner-api¶  namespace: prod¶  labels | metadata.namespace must be left out
                    base/api.yml            | spec:¶  strategy           | spec:¶  replicas: 3¶  strategy | spec.replicas is what an autoscaler says
                    base/migrate.yml        | [db, migrate]                 | [db, upgrade]                 | spec.template.spec.containers[0].args is no command of the product
                    base/hpa.yml            | maxReplicas: 10               | maxReplicas: 1                | spec.maxReplicas must be at least minReplicas (2): 1
                    base/hpa.yml            | name: gleaner_backlog         | name: gleaner_backlogs        | spec.metrics[2].external.metric.name has no rule of the adapter
                    base/hpa.yml            | name: gleaner-api¶spec     | name: gleaner-api¶specs    | specs is unknown in V2HorizontalPodAutoscaler
                    base/hpa.yml            | Deployment¶    name: gleaner-api | Deployment¶    name: api | spec.scaleTargetRef.name names no Deployment that is here: api
                    base/disruption.yml     | maxUnavailable: 1             | maxUnavailable: 0             | spec.maxUnavailable lets no pod go: 0
                    base/disruption.yml     | maxUnavailable: 1             | minAvailable: 2               | spec.minAvailable lets none of 2 pods go: 2
                    base/network.yml        | - 10.0.0.0/8                  | - 10.0.0.0/9                  | spec.egress[0].to[0].ipBlock lets pods reach 10.255.255.255
                    base/network.yml        | part-of: gleaner¶  policyTypes | part-of: other¶  policyTypes | spec.podSelector selects nothing
                    base/metrics.yml        | key: metrics-key              | key: metric-key               | spec.endpoints[0].authorization.credentials.key is no key of a Secret
                    base/metrics.yml        | port: http¶      path      | port: web¶      path       | spec.endpoints[0].port is no port of the Service: web
                    base/api.yml            | containerPort: 8080           | containerPort: 9090           | spec.template.spec.containers[0].ports[0].containerPort is not GLEANER_PORT (8080): 9090
                    base/kustomization.yml  | GLEANER_PORT=8080             | GLEANER_PORT=80800            | data.GLEANER_PORT is refused by the product
                    base/kustomization.yml  | - GLEANER_PORT=8080           | - GLEANER_PORT                | configMapGenerator[0].literals[1] must be KEY=VALUE
                    base/kustomization.yml  | gleaner:CHANGE-ME             | gleaner:hunter2               | stringData.database-url must hold the placeholder
                    prometheus-adapter.yml  | seriesQuery: gleaner_backlog  | seriesQuery: gleaner_queue    | rules.external[0].seriesQuery is in no /metrics: gleaner_queue
                    overlays/browser/worker.yml | memory: 3Gi             | memory: 2Gi                   | spec.template.spec.containers[0].resources.requests.memory is not memoryRequestMiB of capacity.json (3072): 2Gi
                    overlays/browser/hpa.yml | gleaner_render_backlog   | gleaner_render_queue          | spec.metrics[3].external.metric.name has no rule of the adapter
                    overlays/small/hpa.yml  | maxReplicas: 3                | maxReplicas: 0                | spec.maxReplicas must be
                    overlays/large/maintenance.yml | replicas: 2            | replica: 2                    | spec.replica is unknown in V1DeploymentSpec
                    overlays/keda/worker.yml | minReplicaCount: 0           | minReplicaCount: 21           | spec.maxReplicaCount must be at least 1 and minReplicaCount (21)
                    overlays/keda/worker.yml | cooldownPeriod: 300          | cooldownSeconds: 300          | spec.cooldownSeconds is unknown in ScaledObject
                    overlays/keda/worker.yml | name: gleaner-worker¶  pollingInterval | name: gleaner-api¶  pollingInterval | spec.scaleTargetRef.name is scaled by another one too
                    """)
    void aPlantedMistakeIsRefusedWithFileAndField(
            String file, String right, String wrong, String sentence, @TempDir Path copy)
            throws Exception {
        copy(folder(), copy);
        Path planted = copy.resolve(file);
        String text = Files.readString(planted);
        String broken = text.replace(lines(right), lines(wrong));
        assertThat(broken).isNotEqualTo(text);
        Files.writeString(planted, broken);

        assertThat(new Manifests(copy).check(product))
                .extracting(Finding::toString)
                .anySatisfy(said -> assertThat(said).contains(file).contains(": " + sentence));
    }

    /** A mistake stands in one line above; where it spans several, ¶ ends each. */
    private static String lines(String text) {
        return text.replace("¶", "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private static Path folder() {
        return Manifests.SHIPPED.folder();
    }

    private static Optional<Path> kubectl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
