package io.gleaner.perf.slowclients;

import java.time.Duration;

/**
 * How {@code bench slow-clients} runs.
 *
 * @param connections of each kind of attack
 * @param addresses that they come from
 * @param held how long an attack lasts
 */
public record SlowClientsSettings(int connections, int addresses, Duration held) {

    private static final int ADDRESSES_MAX = 200;

    public SlowClientsSettings {
        if (connections < 1 || addresses < 1 || addresses > ADDRESSES_MAX) {
            throw new IllegalArgumentException(
                    "accepted are 1 connection or more, from 1 to %d addresses"
                            .formatted(ADDRESSES_MAX));
        }
    }
}
