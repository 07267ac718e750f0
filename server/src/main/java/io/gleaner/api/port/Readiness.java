package io.gleaner.api.port;

import java.util.Optional;

/** Whether the service can do its work now. */
public interface Readiness {

    /** Why not, in one clause, or empty when it can. Answers fast: probes call it every second. */
    Optional<String> problem();
}
