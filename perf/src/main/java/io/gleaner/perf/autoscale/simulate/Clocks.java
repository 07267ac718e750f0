package io.gleaner.perf.autoscale.simulate;

import java.time.Duration;
import java.util.Random;

/** Which second is whose turn. No clock of a cluster agrees with another: phases are drawn. */
public final class Clocks {

    private record Turn(int period, int phase) {
        static Turn of(Duration period, Random random) {
            int seconds = (int) period.toSeconds();
            return new Turn(seconds, random.nextInt(seconds));
        }

        boolean comes(int second) {
            return second % period == phase;
        }
    }

    private final Turn scrape;
    private final Turn adapter;
    private final Turn sync;

    private Clocks(Turn scrape, Turn adapter, Turn sync) {
        this.scrape = scrape;
        this.adapter = adapter;
        this.sync = sync;
    }

    /** The same settings and the same state of the random numbers give the same phases. */
    public static Clocks of(Settings settings, Random random) {
        return new Clocks(
                Turn.of(settings.scrape(), random),
                Turn.of(settings.adapter(), random),
                Turn.of(settings.flags().syncPeriod(), random));
    }

    /** The metrics server looks at the pods. */
    public boolean scrapes(int second) {
        return scrape.comes(second);
    }

    /** The adapter looks at the queue. */
    public boolean seesQueue(int second) {
        return adapter.comes(second);
    }

    /** The controller decides. */
    public boolean syncs(int second) {
        return sync.comes(second);
    }
}
