package io.gleaner.worker;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Fetcher;
import io.gleaner.fetch.HopGate;
import io.gleaner.job.FaultCode;
import io.gleaner.politeness.RobotsResponse;
import io.gleaner.politeness.RobotsSource;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Loads robots.txt files with the fetcher, and so behind the address guard. What an answer means is
 * RFC 9309, section 2.3.1.
 */
public final class RobotsOverFetch implements RobotsSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int STATUS_REDIRECT = 308;
    private static final int STATUS_TOO_MANY_REQUESTS = 429;

    private final Fetcher fetcher;
    private final int maxBytes;
    private final InstantSource clock;

    public RobotsOverFetch(Fetcher fetcher, int maxBytes, InstantSource clock) {
        this.fetcher = fetcher;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public Loaded load(URI robotsUrl) throws InterruptedException {
        RobotsResponse response = response(robotsUrl);
        return new Loaded(response, clock.instant());
    }

    private RobotsResponse response(URI robotsUrl) throws InterruptedException {
        var request = FetchRequest.resource(robotsUrl, TIMEOUT, maxBytes, true);
        return switch (fetcher.fetch(request, HopGate.open())) {
            case FetchOutcome.Fetched(var response) -> new RobotsResponse.Found(response.body());
            case FetchOutcome.Refused refused -> refused(refused);
            case FetchOutcome.Throttled(var status, var retryAfter, var detail) ->
                    new RobotsResponse.Unreachable(FaultCode.THROTTLED, detail);
            case FetchOutcome.Failed(var code, var detail, var status) -> unreachable(code, detail);
        };
    }

    private static RobotsResponse refused(FetchOutcome.Refused refused) {
        return switch (refused.code()) {
            case HTTP_CLIENT_ERROR -> {
                int status = Objects.requireNonNullElse(refused.status(), 404);
                yield status == STATUS_TOO_MANY_REQUESTS
                        ? new RobotsResponse.Unreachable(FaultCode.THROTTLED, refused.detail())
                        : new RobotsResponse.Absent(status);
            }
            case TOO_MANY_REDIRECTS, REDIRECT_LOOP, BAD_REDIRECT ->
                    new RobotsResponse.Absent(STATUS_REDIRECT);
            default -> unreachable(refused.code(), refused.detail());
        };
    }

    /** A host that takes no connection has that fault; one that spoils this file has its own. */
    private static RobotsResponse unreachable(FaultCode code, String detail) {
        return switch (code) {
            case DNS_FAILURE, CONNECT_FAILURE, CONNECT_TIMEOUT, TLS_FAILURE, FORBIDDEN_ADDRESS ->
                    new RobotsResponse.Unreachable(code, detail);
            default -> new RobotsResponse.Unreachable(FaultCode.ROBOTS_UNREACHABLE, detail);
        };
    }
}
