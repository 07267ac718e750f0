package io.gleaner.perf.chaos;

import java.util.ArrayList;
import java.util.List;

/** When no worker lived at all, so that nobody could rescue anything. */
final class Presence {

    private record Gap(long from, long to) {
        long within(long begin, long end) {
            return Math.max(0, Math.min(to, end) - Math.max(from, begin));
        }
    }

    private final List<Gap> gaps = new ArrayList<>();
    private long nobodySince = System.nanoTime();
    private int living;

    synchronized void joined() {
        if (living++ == 0) {
            gaps.add(new Gap(nobodySince, System.nanoTime()));
        }
    }

    synchronized void left() {
        if (--living == 0) {
            nobodySince = System.nanoTime();
        }
    }

    /** Nanoseconds of that time in which there was none. */
    synchronized long absentNanos(long begin, long end) {
        long open = living == 0 ? new Gap(nobodySince, Long.MAX_VALUE).within(begin, end) : 0;
        return open + gaps.stream().mapToLong(gap -> gap.within(begin, end)).sum();
    }
}
