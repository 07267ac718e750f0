package io.gleaner.perf.autoscale.drill;

import java.time.Duration;

/**
 * How a worker is measured before the drill, in the machine's time.
 *
 * @param pages submitted during the warm-up, more than can be fetched until the trial ends
 * @param warmUp under full load, after which a worker is warm; whole seconds
 * @param windows of the metrics server that are measured: under full load, again when more workers
 *     have started beside, and under the drill's quiet load
 */
public record TrialPlan(int pages, Duration warmUp, int windows) {

    /**
     * A minute in all. A worker takes half as much CPU for a page once it has done some 300, so as
     * many go before.
     */
    public static final TrialPlan STANDARD = new TrialPlan(2_000, Duration.ofSeconds(28), 4);
}
