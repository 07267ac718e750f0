package io.gleaner.perf.autoscale.drill;

import java.time.Duration;

/**
 * How a worker is measured before the drill, in the machine's time.
 *
 * @param pages submitted during the warm-up, more than can be fetched meanwhile
 * @param warmUp under full load, not counted; whole seconds
 * @param full measured under full load
 * @param quiet measured under the drill's quiet load
 */
public record TrialPlan(int pages, Duration warmUp, Duration full, Duration quiet) {

    /**
     * A minute in all. A worker takes half as much CPU for a page once it has done some 300, so as
     * many go before.
     */
    public static final TrialPlan STANDARD =
            new TrialPlan(
                    1_000, Duration.ofSeconds(28), Duration.ofSeconds(8), Duration.ofSeconds(8));
}
