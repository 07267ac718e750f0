package io.gleaner.render.document;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import io.gleaner.render.port.RenderOutcome;
import java.util.Set;

/** What ended a visit before there was a page. */
public final class VisitOver extends Exception {

    private static final long serialVersionUID = 1;

    private static final Set<FaultCode> HARM =
            Set.of(
                    FaultCode.RENDER_TIMEOUT,
                    FaultCode.RENDER_TOO_LARGE,
                    FaultCode.RENDER_CRASHED,
                    FaultCode.RENDER_OUT_OF_MEMORY);

    private final transient RenderOutcome outcome;

    public VisitOver(RenderOutcome outcome) {
        super(outcome.toString());
        this.outcome = outcome;
    }

    public VisitOver(FetchOutcome outcome) {
        this(new RenderOutcome.Ended(outcome));
    }

    public RenderOutcome outcome() {
        return outcome;
    }

    /** Whether the page came to its end as pages do, and did no harm to its tab. */
    public boolean leavesTabUsable() {
        return switch (outcome) {
            case RenderOutcome.Rendered _,
                    RenderOutcome.NotForBrowser _,
                    RenderOutcome.Unwanted _ ->
                    true;
            case RenderOutcome.Ended(FetchOutcome ended) ->
                    switch (ended) {
                        case FetchOutcome.Fetched _, FetchOutcome.Throttled _ -> true;
                        case Refused(var code, _, _) -> !HARM.contains(code);
                        case Failed _ -> false;
                    };
        };
    }
}
