package io.gleaner.architecture.planted.worker;

import java.sql.Connection;

/** Planted: SQL outside the store, under a name that says nothing. */
public final class SpeaksSqlHelper {
    public Class<?> library() {
        return Connection.class;
    }
}
