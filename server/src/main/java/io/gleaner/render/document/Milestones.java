package io.gleaner.render.document;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How far the document of the main frame has come. A script may replace it by another one. */
final class Milestones {

    static final String PARSED = "DOMContentLoaded";
    static final String LOADED = "load";
    static final String QUIET = "networkIdle";

    /** The browser calls a network quiet that has been so for half a second. */
    private static final Duration QUIET_MIN = Duration.ofMillis(450);

    private final Map<String, Set<String>> reached = new HashMap<>();
    private final Map<String, Long> begun = new HashMap<>();
    private @Nullable String shown;
    private long loadedNanos;

    /** Whether there has been a document yet. */
    boolean isShown() {
        return shown != null;
    }

    /** From now on it is this one. */
    void shows(String loader) {
        shown = loader;
        loadedNanos = has(LOADED) ? System.nanoTime() : 0;
    }

    /** Whether the document that is shown has come so far. */
    boolean has(String milestone) {
        return shown != null && reached.getOrDefault(shown, Set.of()).contains(milestone);
    }

    /** When that was loaded, or 0. */
    long loadedNanos() {
        return loadedNanos;
    }

    /** Some document has come somewhere. */
    void reached(JsonNode event) {
        String of = event.path("loaderId").asString("");
        String milestone = event.path("name").asString("");
        long since = begun.computeIfAbsent(of, _ -> System.nanoTime());
        boolean early = System.nanoTime() - since < QUIET_MIN.toNanos();
        if (milestone.equals(QUIET) && early) {
            return; // Said of a document in a new process before it has asked for anything.
        }
        reached.computeIfAbsent(of, _ -> new HashSet<>()).add(milestone);
        if (milestone.equals(LOADED) && of.equals(shown)) {
            loadedNanos = System.nanoTime();
        }
    }
}
