package io.gleaner.fetch;

import io.gleaner.fetch.way.Way;
import io.gleaner.job.FaultCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to addresses that clients name, past the same guard as fetches. Follows no
 * redirect and reads no answer but its head.
 */
public final class Poster implements AutoCloseable {

    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(1);

    private final FetchConfig config;
    private final AddressGuard guard;
    private final GuardedDns dns;
    private final OkHttpClient client;

    /**
     * @param patience longest time for a message and its answer
     */
    public Poster(FetchConfig config, AddressGuard guard, Duration patience) {
        this.config = config;
        this.guard = guard;
        this.dns = new GuardedDns(guard, config.connectTimeout());
        this.client =
                Fetcher.client(config, guard, dns, Way.STRAIGHT).callTimeout(patience).build();
    }

    /** What became of a message. */
    public sealed interface Outcome {

        /**
         * The receiver has answered.
         *
         * @param retryAfter when it wants to be asked again, or null when it does not say
         */
        record Answered(int status, @Nullable Duration retryAfter) implements Outcome {}

        /**
         * It has not, or may not be asked.
         *
         * @param problem one clause for people
         */
        record Unanswered(String problem) implements Outcome {}
    }

    /** Sends JSON. */
    public Outcome post(URI url, Map<String, String> headers, byte[] json) {
        return switch (Target.of(url.toString(), guard)) {
            case Target.Stop(FetchOutcome outcome) -> new Outcome.Unanswered(problem(outcome));
            case Target.Ask(HttpUrl target) -> send(target, headers, json);
        };
    }

    private Outcome send(HttpUrl url, Map<String, String> headers, byte[] json) {
        Request.Builder request =
                new Request.Builder()
                        .url(url)
                        .header("User-Agent", config.userAgent())
                        .post(RequestBody.create(json, MediaType.get("application/json")));
        headers.forEach(request::header);
        var carried = new Carried(false);
        Call call = client.newCall(request.tag(Carried.class, carried).build());
        call.addEventListener(carried);
        try (okhttp3.Response answer = call.execute()) {
            return new Outcome.Answered(
                    answer.code(),
                    RetryAfter.parse(
                                    answer.header("Retry-After"),
                                    config.clock().instant(),
                                    RETRY_AFTER_MAX)
                            .orElse(null));
        } catch (InterruptedIOException e) {
            return new Outcome.Unanswered("no answer in time");
        } catch (IOException e) {
            return new Outcome.Unanswered(
                    FaultCode.FORBIDDEN_ADDRESS == code(e)
                            ? "its address is forbidden"
                            : "no answer: " + e.getClass().getSimpleName());
        }
    }

    private static @Nullable FaultCode code(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return FaultCode.FORBIDDEN_ADDRESS;
            }
        }
        return null;
    }

    private static String problem(FetchOutcome outcome) {
        return outcome instanceof FetchOutcome.Refused(var code, var detail, var status)
                ? "its address is refused: " + detail
                : "its address cannot be used";
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        dns.close();
    }
}
