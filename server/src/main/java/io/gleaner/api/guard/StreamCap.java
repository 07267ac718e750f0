package io.gleaner.api.guard;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.transport.ClientAddress;
import io.gleaner.transport.Shares;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Keeps one key, or one address where there are no keys, from holding answers that last long
 * without bound: each has a connection, a thread and a part in every look at its job.
 */
public final class StreamCap {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Shares streams;
    private final int perKeyMax;

    public StreamCap(int perKeyMax) {
        this.streams = new Shares(Integer.MAX_VALUE, perKeyMax);
        this.perKeyMax = perKeyMax;
    }

    /**
     * @param lasts whether the answer to a request may last long
     */
    public Handler cap(Predicate<ServerRequest> lasts, Handler handler) {
        return (request, response) -> {
            if (!lasts.test(request)) {
                handler.handle(request, response);
                return;
            }
            String holder = holder(request);
            if (streams.take(holder) != Shares.Outcome.TAKEN) {
                throw Problem.of(
                                ProblemCode.TOO_MANY_STREAMS,
                                "%d answers that follow or wait for jobs are open, as many as one"
                                                .formatted(perKeyMax)
                                        + " key, or one address without keys, may have;"
                                        + " GLEANER_STREAMS_PER_KEY says how many")
                        .retryAfter(RETRY)
                        .raise();
            }
            try {
                handler.handle(request, response);
            } finally {
                streams.giveBack(holder);
            }
        };
    }

    private static String holder(ServerRequest request) {
        Long key = Caller.of(request).keyId();
        return key == null ? "address " + ClientAddress.of(request.remotePeer()) : "key " + key;
    }
}
