package io.gleaner.store;

/** Which of a job's pages to read. */
public enum PageFilter {
    ALL,
    CONTENT,
    FAULTS
}
