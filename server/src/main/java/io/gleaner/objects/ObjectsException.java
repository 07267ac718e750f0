package io.gleaner.objects;

import org.jspecify.annotations.Nullable;

/** The object store could not do what was asked. The message names the cause and the cure. */
public final class ObjectsException extends RuntimeException {

    /** What is known of it besides the cause. */
    private enum Kind {
        OTHER,
        REFUSAL,
        OUTAGE
    }

    private final Kind kind;

    private ObjectsException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    static ObjectsException of(String message, Throwable cause) {
        return new ObjectsException(message, cause, Kind.OTHER);
    }

    static ObjectsException refusal(String message, @Nullable Throwable cause) {
        return new ObjectsException(message, cause, Kind.REFUSAL);
    }

    static ObjectsException outage(String message) {
        return new ObjectsException(message, null, Kind.OUTAGE);
    }

    /** A body lies in an object store, and this process knows of none. */
    public static ObjectsException noStore() {
        return new ObjectsException(
                "what is asked for lies in an object store, and this process has none: set"
                        + " GLEANER_S3_BUCKET as in the others",
                null,
                Kind.OTHER);
    }

    /**
     * Whether the store is well and does not take, or does not have, just this: the same will be
     * refused again. Else it may be taken later.
     */
    public boolean isRefusal() {
        return kind == Kind.REFUSAL;
    }

    /** Whether the store was known to be away before it was asked: the log says so already. */
    public boolean isKnownOutage() {
        return kind == Kind.OUTAGE;
    }
}
