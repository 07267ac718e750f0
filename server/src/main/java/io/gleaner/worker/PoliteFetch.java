package io.gleaner.worker;

import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Fetcher;
import io.gleaner.frontier.Urls;
import io.gleaner.job.FaultCode;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.HostPaces;
import io.gleaner.politeness.Robots;
import io.gleaner.render.Renderer;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.port.RenderRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The fetcher with manners: robots.txt and the host's turn count for every hop. */
public final class PoliteFetch {

    private static final Set<FaultCode> OF_THE_BROWSER =
            Set.of(
                    FaultCode.RENDER_UNAVAILABLE,
                    FaultCode.RENDER_TIMEOUT,
                    FaultCode.RENDER_CRASHED,
                    FaultCode.RENDER_OUT_OF_MEMORY,
                    FaultCode.RENDER_TOO_LARGE,
                    FaultCode.ACTION_FAILED);

    private final Fetcher fetcher;
    private final Renderer renderer;
    private final HostPaces paces;
    private final Robots robots;
    private final Budget bodies;
    private final InstantSource clock;

    public PoliteFetch(
            Fetcher fetcher,
            Renderer renderer,
            HostPaces paces,
            Robots robots,
            Budget bodies,
            InstantSource clock) {
        this.fetcher = fetcher;
        this.renderer = renderer;
        this.paces = paces;
        this.robots = robots;
        this.bodies = bodies;
        this.clock = clock;
    }

    /** A part of the memory of all bodies, for {@link FetchRequest#within}. */
    Hold hold() {
        return bodies.hold();
    }

    /** What robots.txt says of redirects, if it counts. */
    HopCheck check(boolean respectRobots) {
        return respectRobots ? new RobotsCheck(robots) : HopCheck.NONE;
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
            return fetchInTurn(request, turn, check(respectRobots), wanted);
        }
    }

    /** What showing a page to the browser came to. */
    record Shown(
            FetchOutcome outcome,
            boolean rendered,
            List<ActionResult> actions,
            List<Attachment> attachments) {

        /** What is no page of the browser. */
        static Shown not(FetchOutcome outcome) {
            return new Shown(outcome, false, List.of(), List.of());
        }
    }

    /** Renders a page that has been fetched already, when the host has a turn for it. */
    Shown render(RenderRequest request, boolean respectRobots) throws InterruptedException {
        String host = Urls.hostQueue(request.fetch().url());
        HostPace pace = paces.of(host);
        if (!Passage.awaitTurn(pace, request.fetch().timeout(), clock)) {
            return Shown.not(new Failed(FaultCode.TIMEOUT, "no turn in time at " + host, null));
        }
        try (var turn = new HeldTurn(host, pace)) {
            return renderInTurn(request, turn, check(respectRobots));
        }
    }

    /**
     * Renders a task whose permission and turn have been granted; gives the turn back. What is not
     * for a browser is fetched.
     */
    Shown renderInTurn(RenderRequest request, HeldTurn turn, HopCheck check)
            throws InterruptedException {
        FetchRequest fetch = request.fetch();
        try (var passage =
                new Passage(turn, paces, check, request.wanted(), fetch.timeout(), clock)) {
            return switch (renderer.render(request, passage)) {
                case RenderOutcome.Rendered(var response, var actions, var attachments) -> {
                    var outcome = new Fetched(response);
                    passage.arrive(outcome);
                    yield new Shown(outcome, true, actions, attachments);
                }
                case RenderOutcome.NotForBrowser _ ->
                        arrived(passage, fetcher.fetch(fetch, passage));
                case RenderOutcome.Unwanted _ -> Shown.not(Passage.UNWANTED);
                case RenderOutcome.Ended(var outcome) -> arrived(passage, outcome);
            };
        }
    }

    /** How long the browser took, or that it broke, says nothing about the host. */
    private static Shown arrived(Passage passage, FetchOutcome outcome) {
        if (!isOfTheBrowser(outcome)) {
            passage.arrive(outcome);
        }
        return Shown.not(outcome);
    }

    private static boolean isOfTheBrowser(FetchOutcome outcome) {
        return switch (outcome) {
            case Fetched _, FetchOutcome.Throttled _ -> false;
            case FetchOutcome.Refused(var code, _, _) -> OF_THE_BROWSER.contains(code);
            case Failed(var code, _, _) -> OF_THE_BROWSER.contains(code);
        };
    }

    /**
     * Fetches a task whose permission and turn have been granted; gives the turn back.
     *
     * @param check what each redirect is asked of
     * @param wanted asked before each request; when it says no, nothing more is sent
     */
    FetchOutcome fetchInTurn(
            FetchRequest request, HeldTurn turn, HopCheck check, BooleanSupplier wanted)
            throws InterruptedException {
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
