package io.gleaner.fetch.way;

import io.gleaner.job.manners.Manners;
import io.gleaner.job.manners.ProxyServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of one fetch are made. All that a task fetches, robots.txt and sitemaps too,
 * goes the way that is bound to its thread.
 *
 * @param proxy that they go through, or null
 * @param anyCertificate whether every certificate is taken
 */
public record Way(@Nullable ProxyServer proxy, boolean anyCertificate) {

    public static final Way STRAIGHT = new Way(null, false);

    private static final ScopedValue<Choice> CURRENT = ScopedValue.newInstance();
    private static final AtomicInteger TURNS = new AtomicInteger();

    private record Choice(List<ProxyServer> proxies, boolean anyCertificate) {}

    /** Something that may be interrupted. */
    public interface Step<T> {
        T run() throws InterruptedException;
    }

    /** Runs a step, all fetches of which go the way of a job. */
    public static <T> T of(Manners manners, Step<T> step) throws InterruptedException {
        if (manners.proxies().isEmpty() && !manners.skipTlsVerification()) {
            return step.run();
        }
        var choice = new Choice(manners.proxies(), manners.skipTlsVerification());
        return ScopedValue.where(CURRENT, choice).call(step::run);
    }

    /** Whether this thread's fetches go as those of all others. */
    public static boolean isStraight() {
        return !CURRENT.isBound();
    }

    /** What another way leads to may differ: a name for the one at hand. */
    public static String name() {
        return isStraight() ? "" : String.valueOf(CURRENT.get());
    }

    /** The way of the next fetch: each takes the next proxy. */
    public static Way next() {
        if (isStraight()) {
            return STRAIGHT;
        }
        Choice choice = CURRENT.get();
        int count = choice.proxies().size();
        return new Way(
                count == 0
                        ? null
                        : choice.proxies().get(Math.floorMod(TURNS.getAndIncrement(), count)),
                choice.anyCertificate());
    }
}
