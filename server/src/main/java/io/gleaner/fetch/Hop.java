package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.Capture;
import io.gleaner.job.FaultCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** One request and its answer: the status decides, then the type, then the body. */
final class Hop {

    /** What a hop came to. */
    sealed interface Result {
        /** The fetch is over. */
        record Ended(FetchOutcome outcome) implements Result {}

        /** The host sends us elsewhere. */
        record Moved(int status, @Nullable String location) implements Result {}
    }

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    // RFC 9110, 14.4: from the first byte; to the last one; of so many.
    private static final Pattern RANGE = Pattern.compile("bytes 0-(\\d{1,18})/(\\d{1,18})");

    private final OkHttpClient client;
    private final FetchConfig config;
    private final FetchRequest request;
    private final HttpUrl url;
    private final HopClock clock;
    private final Carried carried;
    private @Nullable Capture capture;

    Hop(OkHttpClient client, FetchConfig config, FetchRequest request, HttpUrl url) {
        this.client = client;
        this.config = config;
        this.request = request;
        this.url = url;
        this.clock = new HopClock(config);
        this.carried = new Carried(!request.truncate());
    }

    /**
     * Sends the request and reads the answer to its end.
     *
     * @param spent by the hops before, for the answer's total
     */
    Result run(Headers headers, HopCookies cookies, List<URI> redirects, Duration spent)
            throws InterruptedException {
        Call call = call(headers);
        Integer status = null;
        Result result;
        try (okhttp3.Response answer = clock.execute(call, request.timeout().minus(spent))) {
            status = answer.code();
            cookies.store(url, answer.headers());
            result = judge(call, answer, redirects, spent);
        } catch (BodyFault e) {
            stopIfInterrupted(call);
            return new Result.Ended(e.outcome(status == null ? 0 : status));
        } catch (IOException e) {
            stopIfInterrupted(call);
            return new Result.Ended(IoFault.of(e, clock, status));
        } finally {
            clock.disarm();
        }
        return carried.isDoubtful() ? new Result.Ended(doubtful(status)) : result;
    }

    /** What went over the wire, if it was to be kept and came. */
    Optional<Capture> capture() {
        return Optional.ofNullable(capture);
    }

    private Call call(Headers headers) {
        Call call =
                client.newCall(
                        new Request.Builder()
                                .url(url)
                                .headers(headers)
                                .tag(Carried.class, carried)
                                .build());
        call.addEventListener(clock);
        call.addEventListener(carried);
        return call;
    }

    private static FetchOutcome doubtful(int status) {
        return new Failed(
                FaultCode.PROTOCOL_ERROR,
                "more bytes than the answer's own, which may be another's",
                status);
    }

    private Result judge(Call call, okhttp3.Response answer, List<URI> redirects, Duration spent)
            throws IOException {
        int status = answer.code();
        if (REDIRECTS.contains(status)) {
            if (request.keep()) {
                capture = Wire.capture(answer, config.clock().instant(), new byte[0], false);
            }
            return new Result.Moved(status, answer.header("Location"));
        }
        if (status < 200 || status > 299) {
            return new Result.Ended(withoutBody(answer));
        }
        try {
            Fetched page = readPage(answer, redirects, spent);
            if (request.truncate()) {
                // There may be much more, and closing alone would read on for a while.
                call.cancel();
            }
            return new Result.Ended(page);
        } catch (IOException e) {
            // Closing alone would first read on for a while, to save the connection.
            call.cancel();
            throw e;
        }
    }

    private FetchOutcome withoutBody(okhttp3.Response answer) {
        return answer.code() == 304
                ? notModified(answer.request().headers())
                : StatusOutcome.of(answer.code(), url.host(), clock.retryAfter(), config);
    }

    /**
     * Without a condition it was a mistake, of a cache perhaps, which the next one may not make.
     */
    private static FetchOutcome notModified(Headers asked) {
        return RequestHeaders.areConditional(asked)
                ? new Refused(FaultCode.NOT_MODIFIED, "status 304", 304)
                : new Failed(FaultCode.NOT_MODIFIED, "status 304 to no condition", 304);
    }

    private Fetched readPage(okhttp3.Response answer, List<URI> redirects, Duration spent)
            throws IOException {
        checkWhole(answer);
        var type = ContentType.parse(answer.header("Content-Type"));
        if (!type.mediaType().isEmpty()) {
            checkType(type);
        }
        List<ContentDecoding> codings = ContentDecoding.parse(answer.headers("Content-Encoding"));
        var reader =
                new BodyReader(
                        request.bodyMaxBytes(),
                        config.compressedMaxBytes(),
                        request.truncate(),
                        request.hold(),
                        request.timeout().minus(spent).minus(clock.elapsed()));
        reader.checkAnnounced(answer.body().contentLength(), !codings.isEmpty());
        var wire = request.keep() && !codings.isEmpty() ? new ByteArrayOutputStream() : null;
        byte[] body = reader.read(answer.body().byteStream(), codings, wire);
        if (request.keep()) {
            byte[] received = wire == null ? body : wire.toByteArray();
            capture = Wire.capture(answer, config.clock().instant(), received, true);
        }
        if (type.mediaType().isEmpty()) {
            type = new ContentType(ContentType.sniff(body), type.charset());
        }
        checkBody(body, type);
        Charset charset =
                type.mediaType().equals(FetchConfig.PDF)
                        ? StandardCharsets.ISO_8859_1
                        : CharsetSniffer.charset(body, type);
        return new Fetched(
                new Response(
                        url.uri(),
                        answer.code(),
                        type.mediaType(),
                        charset,
                        body,
                        answer.headers().toMultimap(),
                        redirects,
                        clock.firstByte(),
                        spent.plus(clock.elapsed())));
    }

    /** No part was asked for; one that is the whole is a page all the same. */
    private static void checkWhole(okhttp3.Response answer) throws BodyFault {
        String range = answer.header("Content-Range");
        if (answer.code() == 206 && (range == null || !isWhole(range))) {
            throw BodyFault.failed(FaultCode.TRUNCATED_BODY, "a part that nobody asked for");
        }
    }

    private static boolean isWhole(String contentRange) {
        Matcher range = RANGE.matcher(contentRange);
        return range.matches()
                && Long.parseLong(range.group(1)) + 1 == Long.parseLong(range.group(2));
    }

    private void checkType(ContentType type) throws BodyFault {
        if (!request.anyType() && !type.isAmong(config.acceptedTypes())) {
            throw BodyFault.refused(FaultCode.UNSUPPORTED_CONTENT_TYPE, type.mediaType());
        }
    }

    private void checkBody(byte[] body, ContentType type) throws BodyFault {
        if (request.anyType()) {
            return;
        }
        if (body.length == 0) {
            throw BodyFault.refused(FaultCode.EMPTY_BODY, "no bytes");
        }
        if (type.mediaType().isEmpty()) {
            throw BodyFault.refused(
                    FaultCode.UNSUPPORTED_CONTENT_TYPE, "no Content-Type, and not text");
        }
        if (type.mediaType().equals(FetchConfig.PDF)) {
            return;
        }
        boolean wide = type.charset() != null && CharsetSniffer.isWide(type.charset());
        if (!wide && ContentType.looksBinary(body)) {
            throw BodyFault.refused(FaultCode.BINARY_BODY, "binary as " + type.mediaType());
        }
    }

    private static void stopIfInterrupted(Call call) throws InterruptedException {
        if (Thread.interrupted()) {
            call.cancel();
            throw new InterruptedException("fetch cancelled");
        }
    }
}
