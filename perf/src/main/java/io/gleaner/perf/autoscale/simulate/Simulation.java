package io.gleaner.perf.autoscale.simulate;

import io.gleaner.perf.autoscale.hpa.Cluster;
import io.gleaner.perf.autoscale.hpa.Decision;
import io.gleaner.perf.autoscale.hpa.Hpa;
import io.gleaner.perf.autoscale.hpa.WatchedHpa;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.policy.MetricSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Plays traces against a policy, a second at a time. */
public record Simulation(HpaSpec spec, Capacity capacity, Settings settings) {

    private static final int POINTS_MAX = 600;
    private static final double HOUR = 3600;

    /**
     * A simulation.
     *
     * @throws IllegalArgumentException the policy has a metric that the simulation does not know
     */
    public Simulation {
        for (MetricSpec metric : spec.metrics()) {
            boolean known =
                    switch (metric) {
                        case MetricSpec.Resource _ -> true;
                        case MetricSpec.External it ->
                                it.metric().name().equals(settings.queueMetric());
                        case MetricSpec.ContainerResource _,
                                MetricSpec.Pods _,
                                MetricSpec.ObjectMetric _ ->
                                false;
                    };
            if (!known) {
                throw new IllegalArgumentException(
                        "%s: the simulation knows cpu, memory and the external metric %s, not %s"
                                .formatted(spec.name(), settings.queueMetric(), metric.label()));
            }
        }
    }

    /** One trace from its first second to its last, with pods that are all the same. */
    public Run run(Trace trace) {
        return run(trace, new Variation.Fixed(capacity));
    }

    /** The same with pods that differ as they were measured to, many times: each draws anew. */
    public List<Run> run(Trace trace, Variation variation, int times) {
        return IntStream.range(0, times)
                .mapToObj(n -> run(trace, variation.lots(capacity, new Random(n))))
                .toList();
    }

    /**
     * A run and all that its controller saw.
     *
     * @param syncs in their order
     */
    public record Watched(Run run, List<WatchedHpa.Sync> syncs) {}

    /** As {@link #run(Trace, Variation, int)}, watched. */
    public List<Watched> watched(Trace trace, Variation variation, int times) {
        return IntStream.range(0, times)
                .mapToObj(
                        n -> {
                            var syncs = new ArrayList<WatchedHpa.Sync>();
                            Run run =
                                    run(
                                            trace,
                                            variation.lots(capacity, new Random(n)),
                                            clock ->
                                                    new WatchedHpa(
                                                                    spec,
                                                                    settings.flags(),
                                                                    clock,
                                                                    syncs::add)
                                                            ::sync);
                            return new Watched(run, syncs);
                        })
                .toList();
    }

    private Run run(Trace trace, Variation.Lots lots) {
        return run(trace, lots, clock -> new Hpa(spec, settings.flags(), clock)::sync);
    }

    private Run run(
            Trace trace,
            Variation.Lots lots,
            Function<InstantSource, Function<Cluster, Decision>> controller) {
        int seconds = trace.rates().size();
        var random = new Random(settings.seed());
        var clocks = Clocks.of(settings, random);
        var cluster = new SimulatedCluster(spec.minReplicas(), lots, settings);
        Function<Cluster, Decision> hpa = controller.apply(cluster);
        var queue = new Queue(seconds);
        var changes = new Changes();
        int every = every(seconds);
        List<Run.Point> points = new ArrayList<>();
        double podSeconds = 0;
        int podsMax = spec.minReplicas();
        for (int now = 0; now < seconds; now++) {
            cluster.advance(now);
            double load =
                    trace.rates().get(now) * (1 + settings.noise() * (2 * random.nextDouble() - 1));
            queue.add(now, load);
            cluster.work(queue.take(now, cluster.ready() * lots.capacity().itemsPerSecond()));
            if (clocks.scrapes(now)) {
                cluster.scrape(settings.scrape());
            }
            if (clocks.seesQueue(now)) {
                cluster.seeQueue(queue.size());
            }
            if (clocks.syncs(now)) {
                Decision decision = hpa.apply(cluster);
                changes.note(now, decision.current(), decision.desired());
            }
            podSeconds += cluster.existing();
            int wanted = cluster.scale().specReplicas();
            podsMax = Math.max(podsMax, wanted);
            if (now % every == 0) {
                points.add(
                        new Run.Point(
                                now,
                                load,
                                queue.size(),
                                wanted,
                                cluster.ready(),
                                queue.oldest(now)));
            }
        }
        double leftOver = queue.size();
        queue.end(seconds);
        return new Run(
                trace.name(),
                points,
                queue.waitAt(0.5),
                queue.waitAt(0.99),
                queue.waitAt(1),
                podSeconds / HOUR,
                podsMax,
                changes.count(),
                changes.flaps(),
                leftOver);
    }

    /** Seconds from one point of a run to the next. */
    public static int every(int seconds) {
        return Math.max(1, seconds / POINTS_MAX);
    }
}
