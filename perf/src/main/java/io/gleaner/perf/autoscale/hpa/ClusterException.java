package io.gleaner.perf.autoscale.hpa;

/** The cluster did not tell or do what it was asked; the message ends up in a condition. */
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1;

    public ClusterException(String message) {
        super(message);
    }
}
