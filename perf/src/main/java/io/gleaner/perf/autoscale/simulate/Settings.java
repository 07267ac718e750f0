package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.autoscale.hpa.ControllerFlags;
import java.time.Duration;

/**
 * What is around policy, load and pods.
 *
 * @param scrape how often the metrics server looks at the pods; usage is an average over that time
 * @param adapter how old the queue's metric gets: Prometheus' scrape and the adapter's cache
 * @param queueMetric name of the External metric that is the length of the queue
 * @param drain from the end of a pod's work until it is gone
 * @param noise half width of the load's noise, as a share of it
 * @param seed of the noise and of the clocks' phases
 */
public record Settings(
        ControllerFlags flags,
        Duration scrape,
        Duration adapter,
        String queueMetric,
        Duration drain,
        double noise,
        long seed) {

    /** A metrics server of 15 s, a queue that is known every 30 s, workers that end within 10 s. */
    public static final Settings DEFAULT =
            new Settings(
                    ControllerFlags.DEFAULT,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    "gleaner_backlog",
                    Duration.ofSeconds(10),
                    0.05,
                    1);

    public Settings {
        if (scrape.toSeconds() < 1 || adapter.toSeconds() < 1) {
            throw new IllegalArgumentException("periods must be at least 1s");
        }
        if (!(noise >= 0 && noise <= 1)) {
            throw new IllegalArgumentException("noise must be from 0 to 1: " + noise);
        }
    }

    /** The same with a load of no noise. */
    public Settings withoutNoise() {
        return new Settings(flags, scrape, adapter, queueMetric, drain, 0, seed);
    }

    /** The same with another controller. */
    public Settings withFlags(ControllerFlags other) {
        return new Settings(other, scrape, adapter, queueMetric, drain, noise, seed);
    }

    /** The same with another seed. */
    public Settings withSeed(long other) {
        return new Settings(flags, scrape, adapter, queueMetric, drain, noise, other);
    }
}
