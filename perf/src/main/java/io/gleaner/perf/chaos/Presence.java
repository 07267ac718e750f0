package io.gleaner.perf.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which worker lived when. */
public final class Presence {

    private record Life(long from, long to) {
        long within(long begin, long end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, begin));
        }
    }

    private final LongSupplier nanoTime;
    private final List<Life> over = new ArrayList<>();
    private final Map<String, Long> begun = new HashMap<>();

    public Presence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public synchronized void joined(String member) {
        begun.put(member, nanoTime.getAsLong());
    }

    synchronized void left(String member) {
        Long from = begun.remove(member);
        if (from != null) {
            over.add(new Life(from, nanoTime.getAsLong()));
        }
    }

    /** Nanoseconds of that time which one worker lived, the one with the most. */
    synchronized long longestNanos(long begin, long end) {
        var lives = new ArrayList<>(over);
        begun.values().forEach(from -> lives.add(new Life(from, Long.MAX_VALUE)));
        return lives.stream().mapToLong(life -> life.within(begin, end)).max().orElse(0);
    }
}
