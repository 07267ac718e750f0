package io.gleaner.perf.chaos;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** When the database was away, in nanoseconds of {@link System#nanoTime}. */
public final class Outages {

    /** From the first signal until connections were accepted again. */
    record Outage(String how, long from, long to) {
        double seconds() {
            return (to - from) / 1e9;
        }
    }

    private final List<Outage> all = new CopyOnWriteArrayList<>();
    private volatile long current = Long.MAX_VALUE;

    void begin() {
        current = System.nanoTime();
    }

    void end(String how) {
        all.add(new Outage(how, current, System.nanoTime()));
        current = Long.MAX_VALUE;
    }

    List<Outage> all() {
        return List.copyOf(all);
    }

    /** When the last outage ended that touches this time; empty if none does. */
    OptionalLong lastEndWithin(long from, long to) {
        return all.stream()
                .filter(outage -> outage.from() <= to && outage.to() >= from)
                .mapToLong(Outage::to)
                .max();
    }
}
