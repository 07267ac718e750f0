package io.gleaner.api.port;

import java.util.Optional;

/** What this process knows of its restraint towards a host, beyond what the store knows. */
public interface HostInsight {

    /**
     * @param host lower-case host name, with {@code :port} unless default
     */
    Optional<HostPoliteness> of(String host);
}
