package io.gleaner.cache;

import java.util.Optional;

/** Reads the truth. */
@FunctionalInterface
public interface Loader<V> {

    /** The value of a key with its version, or empty when there is none. */
    Optional<Versioned<V>> load(String key) throws InterruptedException;
}
