package io.gleaner.job;

/** Where a job stands. Every state but {@link #RUNNING} is final. */
public enum JobState {
    RUNNING,
    COMPLETED,
    CANCELLED,
    FAILED;

    public boolean isFinal() {
        return this != RUNNING;
    }
}
