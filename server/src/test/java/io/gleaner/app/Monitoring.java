package io.gleaner.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The files under {@code deploy/} that an operator gives to Prometheus and Grafana, as they are. A
 * key that is not known here is refused.
 */
final class Monitoring {

    static final Path PROMETHEUS = Path.of("..", "deploy", "prometheus");

    private static final Path DASHBOARD = Path.of("..", "deploy", "grafana", "gleaner.json");
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    // What is left of an expression without these is functions, words and metrics.
    private static final List<Pattern> NO_METRIC =
            List.of(
                    Pattern.compile("\"[^\"]*\""),
                    Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|on|offset)\\s*(\\([^)]*\\)|\\w+)"));
    private static final Pattern NAME = Pattern.compile("\\b[a-z]\\w*\\b(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless");

    private Monitoring() {}

    record Rules(List<Group> groups) {}

    record Group(String name, List<Rule> rules) {}

    /**
     * @param pending how long {@code expr} must hold, or null to fire at once
     */
    record Rule(
            String alert,
            String expr,
            @JsonProperty("for") @Nullable String pending,
            Labels labels,
            Annotations annotations) {}

    record Labels(String severity) {}

    record Annotations(String summary, @JsonProperty("runbook_url") String runbook) {}

    record Tests(
            @JsonProperty("rule_files") List<String> files,
            @JsonProperty("evaluation_interval") String interval,
            List<Case> tests) {}

    record Case(
            String interval,
            @JsonProperty("input_series") List<Series> series,
            @JsonProperty("alert_rule_test") List<Expectation> expectations) {}

    record Series(String series, String values) {}

    record Expectation(
            @JsonProperty("eval_time") String at,
            @JsonProperty("alertname") String alert,
            @JsonProperty("exp_alerts") List<Fired> fired) {}

    record Fired(
            @JsonProperty("exp_labels") Map<String, String> labels,
            @JsonProperty("exp_annotations") Annotations annotations) {}

    static List<Rule> alerts() {
        return read("alerts.yaml", Rules.class).groups().stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    static List<Expectation> expectations() {
        return read("alerts.test.yaml", Tests.class).tests().stream()
                .flatMap(each -> each.expectations().stream())
                .toList();
    }

    /** The expressions of every panel. */
    static List<String> dashboard() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
        return dashboard.findValuesAsString("expr");
    }

    /** The anchors of the runbook's headings, as forges make them of one word. */
    static List<String> headings() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "operations", "monitoring.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The names of the metrics in an expression. */
    static Set<String> metrics(String expression) {
        String rest = expression;
        for (Pattern pattern : NO_METRIC) {
            rest = pattern.matcher(rest).replaceAll(" ");
        }
        var names = new TreeSet<String>();
        NAME.matcher(rest).results().forEach(name -> names.add(name.group()));
        names.removeAll(WORDS);
        return names;
    }

    private static <T> T read(String file, Class<T> type) {
        return YAML.readValue(PROMETHEUS.resolve(file).toFile(), type);
    }
}
