package io.gleaner.api;

import io.gleaner.job.Job;

/**
 * A job's status, ready to be sent.
 *
 * @param etag changes exactly when the state or a counter does
 * @param json a {@link JobView}
 */
record JobAnswer(Job job, String etag, byte[] json) {

    private static final int OBJECTS = 600;

    /** Roughly what it holds of the heap, bytes. */
    int weight() {
        return OBJECTS + json.length;
    }

    boolean isFinal() {
        return job.state().isFinal();
    }
}
