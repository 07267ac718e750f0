package io.gleaner.app;

/** How a line of the log is written. */
public enum LogFormat {
    /** For a person. */
    TEXT,

    /** One JSON object per line, for a collector of logs. */
    JSON
}
