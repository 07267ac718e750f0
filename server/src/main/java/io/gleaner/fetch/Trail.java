package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.Capture;
import io.gleaner.job.FaultCode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * One fetch on its way over its redirects. Each hop is checked like the first, and asks the gate.
 */
final class Trail {

    private final Clients clients;
    private final FetchConfig config;
    private final AddressGuard guard;
    private final FetchRequest request;
    private final HopGate gate;

    private final HopCookies cookies;
    private final RequestHeaders headers;
    private final List<URI> redirects = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Duration spent = Duration.ZERO;

    Trail(
            Clients clients,
            FetchConfig config,
            AddressGuard guard,
            FetchRequest request,
            HopGate gate) {
        this.clients = clients;
        this.config = config;
        this.guard = guard;
        this.request = request;
        this.gate = gate;
        this.cookies = new HopCookies(config.clock());
        this.headers = new RequestHeaders(request, config);
    }

    FetchOutcome follow() throws InterruptedException {
        Target target = Target.of(request.url().toString(), guard);
        while (true) {
            switch (target) {
                case Target.Ask(HttpUrl url) -> target = ask(url);
                case Target.Stop(FetchOutcome outcome) -> {
                    return outcome;
                }
            }
        }
    }

    private Target ask(HttpUrl url) throws InterruptedException {
        seen.add(state(url));
        long start = System.nanoTime();
        var hop = new Hop(clients.of(url), config, request, url);
        Hop.Result result = hop.run(headers.with(cookies.header(url)), cookies, redirects, spent);
        spent = spent.plusNanos(System.nanoTime() - start);
        hop.capture().ifPresent(captures::add);
        return switch (result) {
            case Hop.Result.Ended(FetchOutcome.Fetched(Response response)) ->
                    new Target.Stop(new FetchOutcome.Fetched(response.with(captures)));
            case Hop.Result.Ended(FetchOutcome outcome) -> new Target.Stop(outcome);
            case Hop.Result.Moved moved -> follow(url, moved);
        };
    }

    private Target follow(HttpUrl from, Hop.Result.Moved moved) throws InterruptedException {
        String location = moved.location();
        if (location == null || location.isBlank()) {
            return refused(FaultCode.BAD_REDIRECT, "no Location", moved.status());
        }
        return switch (Target.of(from, location.strip(), guard)) {
            case Target.Stop(FetchOutcome outcome) -> new Target.Stop(outcome);
            case Target.Ask(HttpUrl next) -> enter(from, next, moved.status());
        };
    }

    private Target enter(HttpUrl from, HttpUrl next, int status) throws InterruptedException {
        redirects.add(from.uri());
        // A cookie set on the way may make the same URL answer differently; without one it cannot.
        if (seen.contains(state(next))) {
            return refused(FaultCode.REDIRECT_LOOP, "back to " + next, status);
        }
        if (redirects.size() > config.redirectsMax()) {
            return refused(
                    FaultCode.TOO_MANY_REDIRECTS,
                    "more than %d redirects".formatted(config.redirectsMax()),
                    status);
        }
        headers.leaveUrl();
        if (!RequestHeaders.sameOrigin(from, next)) {
            headers.leaveOrigin();
        }
        Optional<FetchOutcome> stop = gate.stop(next.uri(), cookies.changes() > 0);
        if (stop.isPresent()) {
            return new Target.Stop(stop.get());
        }
        return spent.compareTo(request.timeout()) < 0
                ? new Target.Ask(next)
                : new Target.Stop(
                        new Failed(FaultCode.TIMEOUT, "no time left for a redirect", status));
    }

    private String state(HttpUrl url) {
        return cookies.changes() + " " + url;
    }

    private static Target refused(FaultCode code, String detail, int status) {
        return new Target.Stop(new Refused(code, detail, status));
    }
}
