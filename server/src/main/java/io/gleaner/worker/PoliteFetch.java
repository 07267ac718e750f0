package io.gleaner.worker;

import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Fetcher;
import io.gleaner.frontier.Urls;
import io.gleaner.job.FaultCode;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.HostPaces;
import io.gleaner.politeness.Robots;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The fetcher with manners: robots.txt and the host's turn count for every hop. */
public final class PoliteFetch {

    private final Fetcher fetcher;
    private final HostPaces paces;
    private final Robots robots;
    private final Budget bodies;
    private final InstantSource clock;

    public PoliteFetch(
            Fetcher fetcher, HostPaces paces, Robots robots, Budget bodies, InstantSource clock) {
        this.fetcher = fetcher;
        this.paces = paces;
        this.robots = robots;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** A part of the memory of all bodies, for {@link FetchRequest#within}. */
    Hold hold() {
        return bodies.hold();
    }

    /** Fetches something that is not in a host queue: waits for permission and turn by itself. */
    FetchOutcome fetch(FetchRequest request, boolean respectRobots, BooleanSupplier wanted)
            throws InterruptedException {
        if (respectRobots) {
            Optional<FetchOutcome> refusal = new RobotsCheck(robots).refusal(request.url());
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        String host = Urls.hostQueue(request.url());
        HostPace pace = paces.of(host);
        if (!Passage.awaitTurn(pace, request.timeout(), clock)) {
            return new Failed(FaultCode.TIMEOUT, "no turn in time at " + host, null);
        }
        try (var turn = new HeldTurn(host, pace)) {
            return fetchInTurn(request, turn, respectRobots, wanted);
        }
    }

    /**
     * Fetches a task whose permission and turn have been granted; gives the turn back.
     *
     * @param wanted asked before each request; when it says no, nothing more is sent
     */
    FetchOutcome fetchInTurn(
            FetchRequest request, HeldTurn turn, boolean respectRobots, BooleanSupplier wanted)
            throws InterruptedException {
        RobotsCheck check = respectRobots ? new RobotsCheck(robots) : null;
        try (var passage = new Passage(turn, paces, check, wanted, request.timeout(), clock)) {
            if (!wanted.getAsBoolean()) {
                return Passage.UNWANTED;
            }
            FetchOutcome outcome = fetcher.fetch(request, passage);
            passage.arrive(outcome);
            return outcome;
        }
    }
}
