package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import java.io.IOException;

/** A body that cannot be used, found out while it is read. Passes through the decoders' streams. */
final class BodyFault extends IOException {

    private static final long serialVersionUID = 1;

    private final FaultCode code;
    private final boolean mayImprove;

    private BodyFault(FaultCode code, String detail, boolean mayImprove) {
        super(detail);
        this.code = code;
        this.mayImprove = mayImprove;
    }

    /** The same answer is to be expected next time. */
    static BodyFault refused(FaultCode code, String detail) {
        return new BodyFault(code, detail, false);
    }

    /** Another attempt may bring a whole body. */
    static BodyFault failed(FaultCode code, String detail) {
        return new BodyFault(code, detail, true);
    }

    FetchOutcome outcome(int status) {
        String detail = String.valueOf(getMessage());
        return mayImprove ? new Failed(code, detail, status) : new Refused(code, detail, status);
    }
}
