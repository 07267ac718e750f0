package io.gleaner.app;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.redis.RedisNode;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the alerts and the dashboard ask Prometheus for is what a running server tells. */
@DisabledOnOs(OS.WINDOWS)
final class MonitoringIT {

    private static final Path ROOT = Path.of("..");
    private static final Path ALERTS = ROOT.resolve("deploy/prometheus/alerts.yaml");
    private static final Path DASHBOARD = ROOT.resolve("deploy/grafana/gleaner.json");
    private static final String GUIDE = "docs/operations/monitoring.md";
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:gleaner|http|hikaricp|jvm|process|lettuce|system)_[a-z0-9_]+");
    private static final Set<String> RULE_KEYS =
            Set.of("alert", "expr", "for", "labels", "annotations");

    private static List<JsonNode> rules() throws IOException {
        JsonNode groups = YAMLMapper.shared().readTree(Files.readString(ALERTS)).required("groups");
        return groups.valueStream().flatMap(g -> g.required("rules").valueStream()).toList();
    }

    private static List<String> dashboardExpressions() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(DASHBOARD))
                .required("panels")
                .valueStream()
                .flatMap(panel -> panel.required("targets").valueStream())
                .map(target -> target.required("expr").asString())
                .toList();
    }

    private static Set<String> metrics(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(result -> result.group())
                .collect(Collectors.toSet());
    }

    @Test
    void everyAlertHasASeverityAndAChapterThatSaysWhatToDo() throws IOException {
        String guide = Files.readString(ROOT.resolve(GUIDE));
        assertThat(rules()).isNotEmpty();
        for (JsonNode rule : rules()) {
            String name = rule.required("alert").asString();
            assertThat(RULE_KEYS).as(name).containsAll(rule.propertyNames());
            assertThat(rule.at("/labels/severity").asString()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asString()).isNotBlank();
            assertThat(rule.at("/annotations/runbook").asString())
                    .isEqualTo(GUIDE + "#" + name.toLowerCase(Locale.ROOT));
            assertThat(guide).contains("### " + name + "\n");
        }
    }

    @Test
    void everyAlertHasATestInWhichItFires() throws IOException {
        JsonNode tests =
                YAMLMapper.shared()
                        .readTree(Files.readString(ALERTS.resolveSibling("alerts.test.yaml")))
                        .required("tests");
        Set<String> fire =
                tests.valueStream()
                        .flatMap(test -> test.required("alert_rule_test").valueStream())
                        .filter(test -> !test.required("exp_alerts").isEmpty())
                        .map(test -> test.required("alertname").asString())
                        .collect(Collectors.toSet());
        assertThat(rules())
                .extracting(rule -> rule.required("alert").asString())
                .containsExactlyInAnyOrderElementsOf(fire);
    }

    @Test
    @Timeout(value = 2, unit = MINUTES)
    void everyMetricIsToldByARunningServer() throws Exception {
        Set<String> asked = metrics(dashboardExpressions());
        asked.addAll(
                metrics(rules().stream().map(rule -> rule.required("expr").asString()).toList()));
        assertThat(asked).hasSizeGreaterThan(20);
        TestDatabase.Access database = TestDatabase.shared().fresh();
        try (var redis = RedisNode.start();
                var site = TestSite.start("0.0.0.0");
                var server =
                        ServiceProcess.launch(
                                        List.of("-XX:TieredStopAtLevel=1"),
                                        List.of(
                                                "--database-url",
                                                database.urlWithUser(),
                                                "--redis-url",
                                                redis.url()),
                                        Map.of())
                                .awaitReady()) {
            String url = "http://127.3.0.1:%d/graph/1/0".formatted(site.port());
            server.awaitEnd(server.submit("{\"urls\": [\"%s\"]}".formatted(url)));
            Set<String> told =
                    server.send(server.request("/metrics"))
                            .body()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.replaceFirst("[{ ].*", ""))
                            .collect(Collectors.toSet());
            assertThat(told).containsAll(asked);
        }
    }
}
