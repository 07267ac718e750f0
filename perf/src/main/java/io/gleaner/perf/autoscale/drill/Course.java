package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.hpa.Decision;
import io.gleaner.perf.autoscale.hpa.WatchedHpa;
import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.simulate.Changes;
import io.gleaner.perf.autoscale.simulate.Clocks;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What the controller did, second by second of the policy's time: the loop of the simulation over
 * real workers.
 *
 * @param looks one for each second
 * @param syncs in their order, with all that the controller saw
 * @param rescales in their order
 * @param errors of syncs, in words
 * @param podSeconds of all workers
 */
record Course(
        List<Look> looks,
        List<WatchedHpa.Sync> syncs,
        List<Rescale> rescales,
        List<String> errors,
        double podSeconds,
        int flaps) {

    private static final double HOUR = 3600;
    private static final int RATE_SECONDS_AROUND = 5;

    /**
     * A moment.
     *
     * @param wanted workers asked for
     * @param ready of them
     */
    record Look(int wanted, int ready) {}

    /** A change of the number of workers. */
    record Rescale(int second, int from, int to, String reason) {}

    Course {
        looks = List.copyOf(looks);
        syncs = List.copyOf(syncs);
        rescales = List.copyOf(rescales);
        errors = List.copyOf(errors);
    }

    /** Lets the controller decide for so many seconds from the clock's begin on. */
    static Course run(
            HpaSpec spec,
            Settings around,
            DrillCluster cluster,
            FastClock clock,
            int seconds,
            Consumer<String> progress)
            throws InterruptedException {
        // The same seed as the simulation's: the same phases.
        var clocks = Clocks.of(around, new Random(around.seed()));
        var syncs = new ArrayList<WatchedHpa.Sync>();
        var hpa = new WatchedHpa(spec, around.flags(), clock, syncs::add);
        var changes = new Changes();
        var looks = new ArrayList<Look>();
        var rescales = new ArrayList<Rescale>();
        var errors = new ArrayList<String>();
        double podSeconds = 0;
        for (int now = 0; now < seconds; now++) {
            clock.await(now);
            if (clocks.scrapes(now)) {
                cluster.scrape();
            }
            if (clocks.seesQueue(now)) {
                cluster.seeQueue();
            }
            if (clocks.syncs(now)) {
                Decision decision = hpa.sync(cluster);
                changes.note(now, decision.current(), decision.desired());
                if (decision.rescaled()) {
                    var rescale =
                            new Rescale(
                                    now, decision.current(), decision.desired(), decision.reason());
                    rescales.add(rescale);
                    progress.accept(
                            "%d s: %d -> %d workers, %s"
                                    .formatted(
                                            now, rescale.from(), rescale.to(), rescale.reason()));
                }
                if (decision.error() != null) {
                    errors.add("%d s: %s".formatted(now, decision.error()));
                }
            }
            podSeconds += cluster.existing();
            looks.add(new Look(cluster.scale().specReplicas(), cluster.ready()));
        }
        return new Course(looks, syncs, rescales, errors, podSeconds, changes.flaps());
    }

    /** The same shape as a simulation's result, so that both are judged and drawn alike. */
    Run asRun(String trace, QueueHistory queue) {
        int every = Simulation.every(looks.size());
        var points = new ArrayList<Run.Point>();
        for (int second = 0; second < looks.size(); second += every) {
            Look look = looks.get(second);
            points.add(
                    new Run.Point(
                            second,
                            queue.rate(second, RATE_SECONDS_AROUND),
                            queue.backlog(second),
                            look.wanted(),
                            look.ready(),
                            queue.oldest(second)));
        }
        return new Run(
                trace,
                points,
                queue.waitAt(0.5),
                queue.waitAt(0.99),
                queue.waitAt(1),
                podSeconds / HOUR,
                looks.stream().mapToInt(Look::wanted).max().orElse(0),
                rescales.size(),
                flaps,
                queue.backlog(looks.size()));
    }
}
