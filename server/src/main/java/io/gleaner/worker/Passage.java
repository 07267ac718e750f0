package io.gleaner.worker;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.fetch.HopGate;
import io.gleaner.frontier.Urls;
import io.gleaner.job.FaultCode;
import io.gleaner.politeness.HostPace;
import io.gleaner.politeness.HostPaces;
import io.gleaner.politeness.Turn;
import io.gleaner.politeness.Visit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One fetch on its way over its redirects: it holds a slot of the host it is at, and of no other.
 * Used by one thread.
 */
final class Passage implements HopGate, AutoCloseable {

    /** What becomes of a job that was cancelled is not stored, so nobody reads this. */
    static final FetchOutcome UNWANTED =
            new Refused(FaultCode.INTERNAL_ERROR, "its job was cancelled", null);

    private final HostPaces paces;
    private final HopCheck check;
    private final BooleanSupplier wanted;
    private final InstantSource clock;
    private final Instant deadline;
    private String host;
    private HostPace pace;
    private Instant enteredAt;
    private boolean held = true;

    /**
     * @param turn that the host has granted
     * @param check what each hop is asked of
     * @param wanted whether another hop may begin
     */
    Passage(
            HeldTurn turn,
            HostPaces paces,
            HopCheck check,
            BooleanSupplier wanted,
            Duration timeout,
            InstantSource clock) {
        this.host = turn.host();
        this.pace = turn.begin();
        this.paces = paces;
        this.check = check;
        this.wanted = wanted;
        this.clock = clock;
        this.enteredAt = clock.instant();
        this.deadline = enteredAt.plus(timeout);
    }

    @Override
    public Optional<FetchOutcome> stop(URI next) throws InterruptedException {
        return stop(next, true);
    }

    @Override
    public Optional<FetchOutcome> stop(URI next, boolean cookies) throws InterruptedException {
        if (!wanted.getAsBoolean()) {
            return Optional.of(UNWANTED);
        }
        Optional<FetchOutcome> refusal = check.refusal(next, cookies);
        if (refusal.isPresent()) {
            return refusal;
        }
        String nextHost = Urls.hostQueue(next);
        if (nextHost.equals(host)) {
            return Optional.empty();
        }
        leave(new Visit.Answered(elapsed()));
        host = nextHost;
        pace = paces.of(nextHost);
        if (!awaitTurn(pace, Duration.between(clock.instant(), deadline), clock)) {
            return Optional.of(
                    new Failed(FaultCode.TIMEOUT, "no turn in time at " + nextHost, null));
        }
        held = true;
        enteredAt = clock.instant();
        return wanted.getAsBoolean() ? Optional.empty() : Optional.of(UNWANTED);
    }

    /** Ends the passage with what it came to. */
    void arrive(FetchOutcome outcome) {
        leave(
                switch (outcome) {
                    case Fetched(var response) -> new Visit.Answered(response.firstByte());
                    case Throttled(var status, var retryAfter, var detail) ->
                            new Visit.Throttled(retryAfter);
                    case Refused(var code, var detail, var status) ->
                            status == null ? new Visit.NotSent() : new Visit.Answered(elapsed());
                    case Failed(var code, var detail, var status) -> new Visit.Failed();
                });
    }

    @Override
    public void close() {
        leave(new Visit.NotSent());
    }

    /** Takes a slot of the host; false when none came within {@code timeout}. */
    static boolean awaitTurn(HostPace pace, Duration timeout, InstantSource clock)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(timeout);
        while (!(pace.tryEnter() instanceof Turn.Granted)) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                return false;
            }
            pace.awaitChange(left);
        }
        return true;
    }

    private void leave(Visit visit) {
        if (held) {
            held = false;
            pace.leave(visit);
        }
    }

    private Duration elapsed() {
        return Duration.between(enteredAt, clock.instant());
    }
}
