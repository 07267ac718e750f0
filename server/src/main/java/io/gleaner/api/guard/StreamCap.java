package io.gleaner.api.guard;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.transport.ClientAddress;
import io.gleaner.transport.Shares;
import io.helidon.common.socket.PeerInfo;
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
            try (var _ = take(Caller.of(request), request.remotePeer())) {
                handler.handle(request, response);
            }
        };
    }

    /** A place among those that one holder may have, until closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @throws io.gleaner.api.wire.ProblemException when the caller has as many as it may
     */
    public Place take(Caller caller, PeerInfo peer) {
        Long key = caller.keyId();
        String holder = key == null ? "address " + ClientAddress.of(peer) : "key " + key;
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
        return () -> streams.giveBack(holder);
    }
}
