package io.gleaner.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cache that processes share, as far as this process can reach it now. No method fails or takes
 * long: what cannot be read is not there, what cannot be written is not written.
 */
public interface SharedStore {

    /** For a process without one. */
    SharedStore NONE = new NoSharedStore();

    /** Whether there is one at all; it may be away. */
    boolean isConfigured();

    /** The values of keys, those that are there. One trip for all. */
    Map<String, Versioned<byte[]>> get(List<String> keys);

    /** Stores a value unless a newer one, or the news of a newer one, is there. */
    void put(String key, Versioned<byte[]> value, Duration time);

    /**
     * Forgets what is older than a version, and takes nothing older for that long.
     *
     * @return false when that could not be done
     */
    boolean forgetBefore(String key, long version, Duration time);

    /**
     * Takes the right to load a key for the others.
     *
     * @return empty when another process has it; else what to give it back with
     */
    Optional<Turn> turn(String key, Duration longest);

    /** The right to load a key for all processes. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
