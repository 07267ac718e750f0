package io.gleaner.perf.autoscale.drill;

import java.time.Duration;

/**
 * How a worker is measured before the drill, in the machine's time.
 *
 * @param backlog of pages below which as many more are submitted, so that nobody waits for one
 * @param warmUp under full load, after which a worker is warm; whole seconds
 * @param windows of the metrics server that are measured: under full load, again when more workers
 *     have started beside, and under the drill's quiet load
 */
public record TrialPlan(int backlog, Duration warmUp, int windows) {

    /**
     * A minute in all. A worker takes half as much CPU for a page once it has done some 300, so as
     * many go before.
     */
    public static final TrialPlan STANDARD = new TrialPlan(100, Duration.ofSeconds(28), 4);
}
