package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.TestSite;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real service writes to its log while it works. */
@Timeout(300)
final class LogIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Map<String, String> TRACE = Map.of("GLEANER_LOG", "TRACE");
    private static final String USER = "talker";
    private static final String PASSWORD = "tell-nobody";

    private final TestDatabase.Access database = TestDatabase.shared().fresh();

    @SuppressWarnings("NullAway.Init") // Each test starts it as it needs it.
    private ServiceProcess service;

    @BeforeAll
    static void makeUser() throws SQLException {
        execute("CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'".formatted(USER, PASSWORD));
    }

    @AfterEach
    void noLineHasThePasswordWhateverTheLevel() {
        service.close();
        assertThat(service.output())
                .isNotEmpty()
                .noneMatch(line -> line.contains(PASSWORD) || line.contains(database.password()));
    }

    @Test
    void everyLineIsAJsonObjectThatSaysWhatItIsAbout() throws Exception {
        start(libpqUrl(), Map.of("GLEANER_LOG_FORMAT", "json", "GLEANER_LOG", "DEBUG"));
        try (TestSite site = TestSite.start()) {
            String url = site.url("/about.html").toString();
            String job = service.submit("{\"urls\": [\"%s\"]}".formatted(url));
            service.awaitEnd(job);

            JsonNode started = line(of -> message(of).contains("leases host queues"));
            String worker = message(started).split(" ", -1)[1];
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
        assertThat(logLines()).isNotEmpty().allSatisfy(LogIT::isOneObject);
    }

    @Test
    void aPersonReadsTheSameInBrackets() throws Exception {
        start(jdbcUrl(PASSWORD), TRACE);
        try (TestSite site = TestSite.start()) {
            String url = site.url("/status/404").toString();
            String job = service.submit("{\"urls\": [\"%s\"]}".formatted(url));
            service.awaitEnd(job);
            assertThat(service.output())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .matches(
                                                    ".* DEBUG Judge \\[worker=\\w{8} job="
                                                            + id(job)
                                                            + " task=\\d+ url="
                                                            + url
                                                            + "] - the task has come to:"
                                                            + " http_client_error"));
        }
    }

    @Test
    void aServiceWithRedisTellsWhatHappensToo() throws Exception {
        start(jdbcUrl(PASSWORD), Map.of("GLEANER_REDIS_URL", "redis://127.0.0.1:1"));
        await().untilAsserted(
                        () ->
                                assertThat(service.output())
                                        .anyMatch(line -> line.contains(" INFO ")));
    }

    @Test
    void whyNothingStartsIsAJsonObjectToo() throws Exception {
        var json = Map.of("GLEANER_LOG_FORMAT", "json");
        service = ServiceProcess.launch(QUICK_START, urlFlag(jdbcUrl("wrong")), json);
        assertThat(service.awaitExit()).isNotZero();
        assertThat(logLines()).isNotEmpty().allSatisfy(LogIT::isOneObject);
        service.close();

        service = ServiceProcess.launch(QUICK_START, List.of("--no-such-flag"), json);
        assertThat(service.awaitExit()).isNotZero();
        assertThat(logLines())
                .allSatisfy(LogIT::isOneObject)
                .anyMatch(line -> line.contains("no-such-flag"));
    }

    @Test
    void aWrongPasswordIsNotRepeated() throws Exception {
        service = ServiceProcess.launch(QUICK_START, urlFlag(jdbcUrl("guess-" + PASSWORD)), TRACE);
        assertThat(service.awaitExit()).isNotZero();
        assertThat(service.output()).anyMatch(line -> line.contains("no connection"));
    }

    private static List<String> urlFlag(String url) {
        return List.of("--database-url", url);
    }

    private String libpqUrl() {
        return database.url()
                .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(USER, PASSWORD));
    }

    private String jdbcUrl(String password) {
        return "%s&user=%s&password=%s".formatted(database.url(), USER, password);
    }

    private void start(String url, Map<String, String> environment) throws InterruptedException {
        service = ServiceProcess.launch(QUICK_START, urlFlag(url), environment).awaitReady();
    }

    /** From now on nobody gets a connection. */
    private void closeDatabase() throws SQLException {
        String name = database.url().replaceAll(".*/|\\?.*", "");
        execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                        .formatted(name));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = TestDatabase.shared().fresh().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> logLines() {
        return service.output().stream().toList();
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
