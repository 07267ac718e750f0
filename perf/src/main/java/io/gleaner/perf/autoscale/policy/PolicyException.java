package io.gleaner.perf.autoscale.policy;

/** A policy that is refused: the message names file, document and field. */
public final class PolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    PolicyException(String message) {
        super(message);
    }
}
