package io.gleaner.telemetry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Texts that were said lately, so that a log does not repeat itself. */
public final class Repeats {

    private static final int TEXTS_MAX = 100;

    private final Cache<String, Boolean> said;

    /**
     * @param quiet how long a text is not said again
     */
    public Repeats(Duration quiet, Ticker nanos) {
        this.said =
                Caffeine.newBuilder()
                        .maximumSize(TEXTS_MAX)
                        .expireAfterWrite(quiet)
                        .ticker(nanos)
                        .build();
    }

    /** Whether this text is to be said: it was not for a while. */
    public boolean first(String text) {
        return said.asMap().putIfAbsent(text, true) == null;
    }
}
