package io.gleaner.perf.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.api.port.ApiConfig;
import io.gleaner.app.Gleaner;
import io.gleaner.app.RunningDatabase;
import io.gleaner.app.Settings;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.worker.WorkerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A running Gleaner of all roles, asked what it has that manifests speak of. */
final class Product implements AutoCloseable {

    /** Closing a worker takes at most so many times its drain: {@code Worker.close}. */
    private static final int WORKER_STAGES = 5;

    private static final String NO_FLAG = "--no-such-flag";

    /** {@code EX_USAGE} of sysexits.h. */
    private static final int USAGE = 64;

    private static final Pattern SAMPLE = Pattern.compile("^[a-z]\\w*", Pattern.MULTILINE);
    private static final Pattern PATH = Pattern.compile("^ {2}(/\\S*):", Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<List<String>, Boolean> commands = new HashMap<>();
    private final Settings settings;
    private final Gleaner gleaner;

    private Product(Settings settings) {
        this.settings = settings;
        this.gleaner = Gleaner.start(settings);
    }

    static Product start(Path data) {
        return new Product(
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.data = data;
                                    draft.port = 0;
                                }));
    }

    /** The names in {@code /metrics}. */
    Set<String> metrics() {
        return found(SAMPLE, get("/metrics"), 0);
    }

    /** The paths in {@code /openapi.yaml}. */
    Set<String> paths() {
        return found(PATH, get("/openapi.yaml"), 1);
    }

    /** The environment variables that settings are read from. */
    Set<String> variables() {
        var asked = new TreeSet<String>();
        Settings.fromEnvironment(
                new AbstractMap<>() {
                    @Override
                    public @Nullable String get(@Nullable Object name) {
                        asked.add(String.valueOf(name));
                        return null;
                    }

                    @Override
                    public Set<Entry<String, String>> entrySet() {
                        return Set.of();
                    }
                });
        return asked;
    }

    /**
     * Whether there is this command with these flags: with a flag more that no command has, that
     * one is all it complains of.
     */
    boolean understands(List<String> arguments) {
        return commands.computeIfAbsent(arguments, this::complainsOfNoMore);
    }

    /** The longest that a process of these roles takes from SIGTERM to the end of its work. */
    Duration drain(String roles) {
        Duration requests = ApiConfig.standard().drainMax();
        Duration work = WorkerConfig.standard().drain().multipliedBy(WORKER_STAGES);
        boolean works = Stream.of("worker", "renderer").anyMatch(roles::contains);
        return roles.isEmpty() || works ? requests.plus(work) : requests;
    }

    /** A number from the service's own database. */
    long query(String sql) throws SQLException {
        var database = RunningDatabase.find(settings).orElseThrow();
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        http.close();
        gleaner.close();
    }

    private boolean complainsOfNoMore(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(ServerProgram.onClassPath());
        command.addAll(arguments);
        command.add(NO_FLAG);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == USAGE
                    && said.contains(": unknown option '" + NO_FLAG + "'");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String get(String path) {
        var request =
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(gleaner.port(), path)));
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        var found = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(group)));
        return found;
    }
}
