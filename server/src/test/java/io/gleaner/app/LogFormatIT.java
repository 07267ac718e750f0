package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.TestSite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real service writes to its log while it works. */
@Timeout(120)
final class LogFormatIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final TestDatabase.Access database = TestDatabase.shared().fresh();
    private ServiceProcess service;

    @AfterEach
    void kill() {
        service.close();
    }

    @Test
    void everyLineIsAJsonObjectThatSaysWhatItIsAbout() throws Exception {
        start(Map.of("GLEANER_LOG_FORMAT", "json", "GLEANER_LOG", "DEBUG"));
        try (TestSite site = TestSite.start()) {
            String url = site.url("/about.html").toString();
            String job = service.submit("{\"urls\": [\"%s\"]}".formatted(url));
            service.awaitEnd(job);

            JsonNode started = line(of -> message(of).contains("leases host queues"));
            String worker = message(started).split(" ")[1];
            JsonNode task = line(of -> message(of).contains("the task has come to: content"));
            assertThat(task.path("level").asString()).isEqualTo("DEBUG");
            assertThat(task.path("mdc").path("worker").asString()).isEqualTo(worker);
            assertThat(task.path("mdc").path("job").asString()).isEqualTo(id(job));
            assertThat(task.path("mdc").path("task").asLong()).isPositive();
            assertThat(task.path("mdc").path("url").asString()).isEqualTo(url);

            closeDatabase();
            var refused = ServiceProcess.json(service.send(service.request(job + "/pages")), 503);
            JsonNode warning = line(of -> message(of).startsWith("no answer from the database: "));
            assertThat(warning.path("level").asString()).isEqualTo("WARN");
            assertThat(warning.path("mdc").path("request").asString())
                    .isEqualTo(refused.path("id").asString());
            assertThat(warning.path("mdc").path("job").asString()).isEqualTo(id(job));
            JsonNode trace = line(of -> message(of).equals("no answer from the database"));
            assertThat(trace.path("throwable").path("className").asString())
                    .endsWith("DatabaseException");
        }
        service.terminate();
        assertThat(service.awaitExit()).isZero();
        assertThat(line(of -> message(of).startsWith("stopping"))).isNotNull();
        assertThat(logLines()).isNotEmpty().allSatisfy(LogFormatIT::isOneObject);
    }

    @Test
    void aPersonReadsTheSameInBrackets() throws Exception {
        start(Map.of("GLEANER_LOG", "DEBUG"));
        try (TestSite site = TestSite.start()) {
            String url = site.url("/status/404").toString();
            String job = service.submit("{\"urls\": [\"%s\"]}".formatted(url));
            service.awaitEnd(job);
            assertThat(service.output())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .matches(
                                                    ".* DEBUG HostRun \\[worker=\\w{8} job="
                                                            + id(job)
                                                            + " task=\\d+ url="
                                                            + url
                                                            + "] - the task has come to:"
                                                            + " http_client_error"));
        }
    }

    private void start(Map<String, String> environment) throws InterruptedException {
        String address = database.url().replace("jdbc:", "");
        service =
                ServiceProcess.launch(
                                QUICK_START,
                                List.of(
                                        "--database-url",
                                        "%s&user=%s&password=%s"
                                                .formatted(
                                                        address,
                                                        encoded(database.user()),
                                                        encoded(database.password()))),
                                environment)
                        .awaitReady();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** From now on nobody gets a connection. */
    private void closeDatabase() throws Exception {
        String name = database.url().replaceAll(".*/|\\?.*", "");
        try (var connection = TestDatabase.shared().fresh().connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                            .formatted(name));
        }
    }

    private List<String> logLines() {
        return service.output().stream()
                .filter(line -> !line.startsWith(ServiceProcess.READY))
                .toList();
    }

    /** The first line of the log like that, once it is there. */
    private JsonNode line(Predicate<JsonNode> like) {
        return await().until(
                        () ->
                                logLines().stream()
                                        .map(JSON::readTree)
                                        .filter(like)
                                        .findFirst()
                                        .orElse(null),
                        line -> line != null);
    }

    private static void isOneObject(String line) throws JacksonException {
        JsonNode parsed = JSON.readTree(line);
        assertThat(parsed.isObject()).isTrue();
        assertThat(parsed.path("timestamp").asLong()).isPositive();
        assertThat(message(parsed)).isNotNull();
    }

    private static String message(JsonNode line) {
        return line.path("formattedMessage").asString();
    }

    private static String id(String job) {
        return job.substring(job.lastIndexOf('/') + 1);
    }
}
