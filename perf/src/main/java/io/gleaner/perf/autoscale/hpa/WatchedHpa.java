package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A controller that tells what it saw and decided at each sync; see {@link #differing}. */
public final class WatchedHpa {

    private final HpaSpec spec;
    private final InstantSource clock;
    private final Consumer<Sync> watcher;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Hpa hpa;

    /**
     * One sync.
     *
     * @param wanted replicas after it
     */
    public record Sync(Sight seen, int wanted) {}

    /**
     * A sync that the policy would have ended otherwise.
     *
     * @param due replicas that the policy asks for
     */
    public record Difference(Sync sync, int due) {}

    public WatchedHpa(
            HpaSpec spec, ControllerFlags flags, InstantSource clock, Consumer<Sync> watcher) {
        this.spec = spec;
        this.clock = clock;
        this.watcher = watcher;
        this.hpa = new Hpa(spec, flags, now::get);
    }

    /** Looks once, decides by what it saw then, and scales if need be. */
    public Decision sync(Cluster cluster) {
        Sight seen;
        try {
            seen = Sight.of(cluster, clock.instant(), spec.metrics());
        } catch (ClusterException e) {
            throw new IllegalStateException("a cluster that cannot be looked at", e);
        }
        now.set(seen.at());
        Decision decision = hpa.sync(seen.as(cluster::scaleTo));
        watcher.accept(new Sync(seen, decision.desired()));
        return decision;
    }

    /**
     * Decides all of it again by a policy, each time from what was seen then. What the metrics were
     * like makes no difference, so noise makes none.
     */
    public static List<Difference> differing(
            List<Sync> syncs, HpaSpec spec, ControllerFlags flags) {
        var now = new AtomicReference<>(Instant.EPOCH);
        var hpa = new Hpa(spec, flags, now::get);
        var differing = new ArrayList<Difference>();
        for (Sync sync : syncs) {
            now.set(sync.seen().at());
            int due = hpa.sync(sync.seen().as(_ -> {})).desired();
            if (due != sync.wanted()) {
                differing.add(new Difference(sync, due));
            }
        }
        return differing;
    }
}
