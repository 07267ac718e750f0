package io.gleaner.perf.load;

/** Is told of every request of a run when it has ended. Called by many threads. */
@FunctionalInterface
public interface Observer {

    /** For runs whose sums are enough. */
    Observer NONE = (status, nanos) -> {};

    /**
     * @param status of the answer; 0 when there was none: the connection broke, the patience was
     *     over, or the request was never sent
     * @param nanos from the intended time of its send until now
     */
    void ended(int status, long nanos);
}
