package io.gleaner.perf.autoscale.drill;

import java.time.Duration;

/**
 * How a worker is measured before the drill, in the machine's time.
 *
 * @param pages submitted at once; enough for all of it
 * @param warmUp under full load, not counted
 * @param full measured under full load
 * @param idle measured without any
 */
public record TrialPlan(int pages, Duration warmUp, Duration full, Duration idle) {

    /** Half a minute in all. */
    public static final TrialPlan STANDARD =
            new TrialPlan(
                    700, Duration.ofSeconds(12), Duration.ofSeconds(10), Duration.ofSeconds(5));
}
