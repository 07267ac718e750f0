package io.gleaner.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When an event that has not arrived is sent again: from 5 s to 24 h, and not any more after about
 * three days. Spread by a fifth, so that those who failed together do not come back together.
 */
final class Retries {

    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(14),
                    Duration.ofHours(24),
                    Duration.ofHours(24));

    private static final double SPREAD = 0.2;

    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause before the next attempt, or empty when there is none.
     *
     * @param attempts that have failed, at least 1
     */
    Optional<Duration> after(int attempts) {
        if (attempts > PAUSES.size()) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(attempts - 1);
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Optional.of(Duration.ofMillis((long) (pause.toMillis() * factor)));
    }
}
