package io.gleaner.perf.pods;

import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The addresses that a proxy may send to. As in a cluster, where a change goes from the kubelet by
 * the API server and the EndpointSlice controller to each node's proxy, it is known late.
 */
public final class Endpoints {

    private static final long LOOK_AGAIN_MS = 10;

    private record Change(Instant due, Target target, boolean add) {}

    private final InstantSource clock;
    private final Set<Target> known = new LinkedHashSet<>();
    private final List<Change> coming = new ArrayList<>();

    public Endpoints() {
        this(InstantSource.system());
    }

    Endpoints(InstantSource clock) {
        this.clock = clock;
    }

    /** A pod became ready; proxies learn it after the delay. */
    public void add(Target target, Duration delay) {
        change(target, delay, true);
    }

    /** A pod became unready, is terminating or is gone; proxies learn it after the delay. */
    public void remove(Target target, Duration delay) {
        change(target, delay, false);
    }

    /** What the proxies know now, in the order in which they learnt it. */
    public synchronized List<Target> addresses() {
        Instant now = clock.instant();
        coming.sort(Comparator.comparing(Change::due));
        while (!coming.isEmpty() && !coming.getFirst().due().isAfter(now)) {
            Change change = coming.removeFirst();
            if (change.add()) {
                known.add(change.target());
            } else {
                known.remove(change.target());
            }
        }
        return List.copyOf(known);
    }

    /**
     * Waits until the proxies know of so many.
     *
     * @throws BenchException if they do not in time
     */
    public void await(int count, Duration longest) throws InterruptedException {
        Instant end = clock.instant().plus(longest);
        while (addresses().size() < count) {
            if (clock.instant().isAfter(end)) {
                throw new BenchException(
                        "the proxy has %d endpoints instead of %d after %s"
                                .formatted(addresses().size(), count, longest));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    /** The last word about a target is the last to count, whatever the delays were. */
    private synchronized void change(Target target, Duration delay, boolean add) {
        Instant due = clock.instant().plus(delay);
        coming.removeIf(change -> change.target().equals(target) && change.due().isAfter(due));
        coming.add(new Change(due, target, add));
    }
}
