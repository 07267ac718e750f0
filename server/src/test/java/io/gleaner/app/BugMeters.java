package io.gleaner.app;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Meters that throw, by a seed: so a bug can be planted wherever something is timed, right after it
 * was done. Each seam has bugs of its own number, the rare ones too.
 */
final class BugMeters extends SimpleMeterRegistry {

    /** Seams by the timer, or by the statement, that throws. */
    static final Map<String, String> SEAMS =
            Map.ofEntries(
                    Map.entry("gleaner.permission", "permission"),
                    Map.entry("gleaner.lookup", "cache"),
                    Map.entry("gleaner.fetch", "fetch"),
                    Map.entry("gleaner.extract", "extract"),
                    Map.entry("gleaner.outlinks", "outlinks"),
                    Map.entry("gleaner.settle", "settle"),
                    Map.entry("page-insert", "settle, inside"),
                    Map.entry("gleaner.refill", "refill"),
                    Map.entry("lease-hold", "refill, inside"),
                    Map.entry("gleaner.release", "release"),
                    Map.entry("release", "release, inside"),
                    Map.entry("lease", "lease"),
                    Map.entry("heartbeat", "heartbeat"),
                    Map.entry("jobs-cancelled-since", "cancelled jobs"),
                    Map.entry("orphans", "rescue"),
                    Map.entry("sweep-cancelled", "sweep"));

    static final String SIGNAL = "signal";

    private static final Set<String> RARE =
            Set.of("heartbeat", "cancelled jobs", "rescue", "sweep");

    private static final Supplier<?>[] BUGS = {
        () -> new IllegalStateException("planted"),
        () -> new StackOverflowError("planted"),
        () -> new OutOfMemoryError("planted"),
        () -> new NoClassDefFoundError("planted")
    };

    private final Random random;
    private final int each;
    private final Map<String, Integer> left = new TreeMap<>();
    private boolean armed;

    /**
     * @param each bugs of each seam
     */
    BugMeters(long seed, int each) {
        this.random = new Random(seed);
        this.each = each;
    }

    synchronized void arm() {
        armed = true;
        SEAMS.values().forEach(seam -> left.put(seam, each));
        left.put(SIGNAL, each);
    }

    /** Bugs that have not been met yet, by seam. */
    synchronized Map<String, Integer> left() {
        var some = new TreeMap<>(left);
        some.values().removeIf(n -> n == 0);
        return some;
    }

    void pass(String seam) {
        Throwable bug = next(seam);
        if (bug != null) {
            BugMeters.<RuntimeException>sneakily(bug);
        }
    }

    private synchronized @Nullable Throwable next(String seam) {
        if (!armed || left.getOrDefault(seam, 0) == 0 || random.nextDouble() >= probability(seam)) {
            return null;
        }
        left.merge(seam, -1, Integer::sum);
        var bug = (Throwable) BUGS[random.nextInt(BUGS.length)].get();
        bug.setStackTrace(new StackTraceElement[0]); // A thousand of them in the log tell nothing.
        return bug;
    }

    /** What is passed for every page has fewer bugs than what is passed a few times a second. */
    private static double probability(String seam) {
        return RARE.contains(seam) ? 0.5 : 0.2;
    }

    @Override
    protected Timer newTimer(
            Meter.Id id, DistributionStatisticConfig statistic, PauseDetector pauses) {
        String statement = id.getTag("statement");
        String seam = SEAMS.get(statement == null ? id.getName() : statement);
        return seam == null
                ? super.newTimer(id, statistic, pauses)
                : new ThrowingTimer(id, statistic, pauses, seam);
    }

    private final class ThrowingTimer extends CumulativeTimer {
        private final String seam;

        ThrowingTimer(
                Meter.Id id,
                DistributionStatisticConfig statistic,
                PauseDetector pauses,
                String seam) {
            super(
                    id,
                    Clock.SYSTEM,
                    statistic.merge(DistributionStatisticConfig.DEFAULT),
                    pauses,
                    TimeUnit.SECONDS,
                    false);
            this.seam = seam;
        }

        @Override
        protected void recordNonNegative(long amount, TimeUnit unit) {
            super.recordNonNegative(amount, unit);
            pass(seam);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
