package io.gleaner.perf.load;

/** What to ask and what to expect. Called by many threads. */
public interface Workload {

    /** The bytes of the n-th request, n from 0. */
    byte[] request(long n);

    /** Whether this is a right answer to the n-th request. */
    boolean accepts(long n, HttpReply reply);
}
