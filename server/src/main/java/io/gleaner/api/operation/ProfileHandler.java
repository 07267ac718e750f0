package io.gleaner.api.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.WireDuration;
import io.gleaner.profile.FlamePage;
import io.gleaner.profile.Kind;
import io.gleaner.profile.Profiler;
import io.gleaner.profile.RollingRecording;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code GET /admin/profile}: a flame graph of this process, recorded while the caller waits or
 * recalled from the recording that is always on.
 */
public final class ProfileHandler implements Handler {

    private static final int SECONDS_MAX = 120;
    private static final int SECONDS_DEFAULT = 5;
    private static final Map<String, Kind> KINDS =
            Map.of("cpu", Kind.CPU, "alloc", Kind.ALLOC, "lock", Kind.LOCK, "park", Kind.PARK);
    private static final Map<String, Format> FORMATS =
            Map.of("html", Format.HTML, "jfr", Format.JFR, "text", Format.TEXT);

    /** What is made of a recording. */
    private enum Format {
        HTML("text/html; charset=utf-8"),
        JFR("application/octet-stream"),
        TEXT("text/plain; charset=utf-8");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    private final Profiler profiler;
    private final InstantSource clock;

    public ProfileHandler(Profiler profiler, InstantSource clock) {
        this.profiler = profiler;
        this.clock = clock;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "event", "seconds", "past", "format");
        Kind kind = query.choice("event", KINDS).orElse(Kind.CPU);
        Format format = query.choice("format", FORMATS).orElse(Format.HTML);
        Optional<Duration> past = query.duration("past", RollingRecording.AGE_MAX);
        Optional<byte[]> body =
                past.isPresent()
                        ? recalled(query, kind, format, past.get())
                        : recorded(query, kind, format);
        response.header(HeaderNames.CONTENT_TYPE, format.mediaType)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(body.orElseThrow(ProfileHandler::running));
    }

    private Optional<byte[]> recorded(QueryParams query, Kind kind, Format format)
            throws InterruptedException {
        int seconds = query.integer("seconds", 1, SECONDS_MAX, SECONDS_DEFAULT);
        return profiler.record(
                kind, Duration.ofSeconds(seconds), rendering(kind, format, seconds + " s"));
    }

    private Optional<byte[]> recalled(QueryParams query, Kind kind, Format format, Duration past)
            throws InterruptedException {
        if (query.text("seconds").isPresent()) {
            throw BodyReader.refuse("seconds", "given with past", "one of the two");
        }
        if (!RollingRecording.KINDS.contains(kind)) {
            throw BodyReader.refuse("event", "park", "cpu, alloc or lock of the past");
        }
        if (!profiler.remembers()) {
            throw Problem.of(
                            ProblemCode.RECORDER_OFF,
                            "the server was started with GLEANER_JFR=false; a profile of the"
                                    + " seconds to come is still possible")
                    .raise();
        }
        return profiler.recall(
                clock.instant().minus(past),
                rendering(kind, format, "the last " + WireDuration.text(past)));
    }

    private static Function<Path, byte[]> rendering(Kind kind, Format format, String when) {
        return switch (format) {
            case HTML -> file -> page(file, kind, when).getBytes(UTF_8);
            case JFR -> ProfileHandler::bytes;
            case TEXT -> file -> Stacks.read(file, kind).table().getBytes(UTF_8);
        };
    }

    private static String page(Path file, Kind kind, String when) {
        String title = "Gleaner, %s, %s".formatted(kind.wireName(), when);
        return FlamePage.of(title, kind, Stacks.read(file, kind), null);
    }

    private static ProblemException running() {
        return Problem.of(
                        ProblemCode.PROFILE_RUNNING,
                        "one recording at a time; try again when it is over")
                .raise();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be read", e);
        }
    }
}
