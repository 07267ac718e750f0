package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.redis.RedisConfig;
import io.gleaner.redis.RedisNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the alerts and the dashboard against what a server with every role and Redis measures. */
final class MonitoringIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\w+) ", Pattern.MULTILINE);

    /** Prometheus wants base units, written out. */
    private static final Pattern ABBREVIATED = Pattern.compile("_(ns|us|ms|kb|mb)(_|$)");

    private static final Pattern SAMPLE = Pattern.compile("^[a-z]\\w*", Pattern.MULTILINE);

    // Not in /metrics: Prometheus makes the first; the other appears with the first statement that
    // fails, because its SQLSTATE is a label.
    private static final Set<String> EXCUSED = Set.of("up", "gleaner_db_statement_errors_total");

    @Test
    void whatAlertsAndDashboardAskForIsMeasured(@TempDir Path data) throws Exception {
        var asked = new TreeSet<String>();
        Stream.concat(
                        Monitoring.alerts().stream().map(Monitoring.Rule::expr),
                        Monitoring.dashboard().stream())
                .forEach(expression -> asked.addAll(Monitoring.metrics(expression)));
        assertThat(asked).hasSizeGreaterThan(30).containsAll(EXCUSED);
        asked.removeAll(EXCUSED);

        try (var redis = RedisNode.start();
                var gleaner = Gleaner.start(settings(data, redis.url()));
                var http = HttpClient.newHttpClient()) {
            System.gc(); // The timer of pauses appears with the first.

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(measured(metrics(http, gleaner.port())))
                                            .containsAll(asked));

            String metrics = metrics(http, gleaner.port());
            assertThat(measured(metrics)).noneMatch(it -> ABBREVIATED.matcher(it).find());
            assertThat(types(metrics))
                    .hasSizeGreaterThan(100)
                    .allSatisfy(it -> assertThat(metrics).containsPattern("# HELP " + it + " \\S"));
        }
    }

    private static Settings settings(Path data, String redis) {
        return Settings.defaults()
                .with(
                        draft -> {
                            draft.data = data;
                            draft.port = 0;
                            draft.redis = RedisConfig.of(redis);
                        });
    }

    private static String metrics(HttpClient http, int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static List<String> types(String metrics) {
        return TYPE.matcher(metrics).results().map(it -> it.group(1)).toList();
    }

    private static Set<String> measured(String metrics) {
        var names = new TreeSet<String>();
        SAMPLE.matcher(metrics).results().forEach(name -> names.add(name.group()));
        return names;
    }
}
