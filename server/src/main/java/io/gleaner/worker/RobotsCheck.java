package io.gleaner.worker;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import io.gleaner.job.TimeText;
import io.gleaner.politeness.Permission;
import io.gleaner.politeness.Robots;
import java.net.URI;
import java.util.Optional;

/** Asks robots.txt and puts a no into the words of a fetch. */
final class RobotsCheck implements HopCheck {

    private final Robots robots;

    RobotsCheck(Robots robots) {
        this.robots = robots;
    }

    @Override
    public Optional<FetchOutcome> refusal(URI next, boolean cookies) throws InterruptedException {
        return refusal(next);
    }

    /** Why robots.txt keeps us from fetching this URL, or empty when it does not. */
    Optional<FetchOutcome> refusal(URI url) throws InterruptedException {
        return switch (robots.check(url)) {
            case Permission.Allowed allowed -> Optional.empty();
            case Permission.Disallowed(var rule) ->
                    Optional.of(new Refused(FaultCode.ROBOTS_DISALLOWED, rule, null));
            case Permission.DelayTooLong(var asked, var max) ->
                    Optional.of(
                            new Refused(
                                    FaultCode.CRAWL_DELAY_TOO_LONG,
                                    "it asks for %s, the setting allows %s"
                                            .formatted(TimeText.of(asked), TimeText.of(max)),
                                    null));
            case Permission.Unreachable(var code, var detail, var retryAfter) ->
                    Optional.of(new Failed(code, "robots.txt: " + detail, null));
        };
    }
}
