package io.gleaner.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.profile.FlamePage;
import io.gleaner.profile.Kind;
import io.gleaner.profile.Profiler;
import io.gleaner.profile.Stacks;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** {@code GET /admin/profile}: a flame graph of this process, recorded while the caller waits. */
final class ProfileHandler implements Handler {

    private static final int SECONDS_MAX = 120;
    private static final int SECONDS_DEFAULT = 5;
    private static final Map<String, Kind> KINDS =
            Map.of("cpu", Kind.CPU, "alloc", Kind.ALLOC, "lock", Kind.LOCK, "park", Kind.PARK);
    private static final Map<String, Boolean> FORMATS = Map.of("html", false, "jfr", true);

    private final Profiler profiler = new Profiler();

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "event", "seconds", "format");
        Kind kind = query.choice("event", KINDS).orElse(Kind.CPU);
        int seconds = query.integer("seconds", 1, SECONDS_MAX, SECONDS_DEFAULT);
        boolean raw = query.choice("format", FORMATS).orElse(false);
        String title = "Gleaner, %s, %d s".formatted(query.text("event").orElse("cpu"), seconds);
        Function<Path, byte[]> use =
                raw
                        ? ProfileHandler::bytes
                        : file ->
                                FlamePage.of(title, kind, Stacks.read(file, kind), null)
                                        .getBytes(UTF_8);
        byte[] body =
                profiler.record(kind, Duration.ofSeconds(seconds), use)
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ProblemCode.PROFILE_RUNNING,
                                                        "one recording at a time; try again when"
                                                                + " it is over")
                                                .raise());
        response.header(
                        HeaderNames.CONTENT_TYPE,
                        raw ? "application/octet-stream" : "text/html; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(body);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be read", e);
        }
    }
}
