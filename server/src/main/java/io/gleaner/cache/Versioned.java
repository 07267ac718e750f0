package io.gleaner.cache;

/**
 * A value and how new it is.
 *
 * @param version larger is newer; not negative. One version of a key has one value.
 */
public record Versioned<V>(long version, V value) {

    public Versioned {
        if (version < 0) {
            throw new IllegalArgumentException("a version is not negative: " + version);
        }
    }
}
