package io.gleaner.perf.autoscale.tune;

import io.gleaner.perf.autoscale.policy.HpaSpec;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Settings;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Slo;
import io.gleaner.perf.autoscale.simulate.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Searches from a policy, one knob at a time, until no turn of any of them is better. */
public final class Tuning {

    /** Rounds over all knobs, at most: each must have made something better. */
    private static final int ROUNDS_MAX = 20;

    private final Simulation start;
    private final Slo slo;
    private final List<Trace> traces;
    private final int seeds;
    private final Consumer<String> progress;
    private final Map<HpaSpec, Trial> tried = new HashMap<>();

    /**
     * A search.
     *
     * @param start the policy to begin with, and its pods
     * @param seeds how often each trace is played, with the seed of the settings and those after it
     */
    public Tuning(
            Simulation start, Slo slo, List<Trace> traces, int seeds, Consumer<String> progress) {
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds must be at least 1: " + seeds);
        }
        this.start = start;
        this.slo = slo;
        this.traces = List.copyOf(traces);
        this.seeds = seeds;
        this.progress = progress;
    }

    /**
     * What the search came to.
     *
     * @param neighbours the turns of every knob from the best
     */
    public record Result(Trial first, Trial best, List<Neighbour> neighbours, int trials) {}

    /** A turn that was not taken, and why. */
    public record Neighbour(String knob, String value, Trial trial, String why) {}

    /** Runs the search. */
    public Result search() {
        List<Knob> knobs = Knob.of(start.spec());
        Trial first = trial(start.spec());
        Trial best = first;
        for (int round = 1; round <= ROUNDS_MAX; round++) {
            Trial before = best;
            for (Knob knob : knobs) {
                for (Knob.Turn turn : knob.turns()) {
                    Trial next = trial(turn.applied().apply(best.spec()));
                    if (Trial.BETTER_FIRST.compare(next, best) < 0) {
                        progress.accept(
                                "%s = %s: %.2f pod-hours, worst p99 %d s%s"
                                        .formatted(
                                                knob.name(),
                                                turn.label(),
                                                next.podHours(),
                                                next.worst(),
                                                next.holds() ? "" : ", " + next.complaint()));
                        best = next;
                    }
                }
            }
            if (before.equals(best)) {
                break;
            }
        }
        return new Result(first, best, neighbours(knobs, best), tried.size());
    }

    private List<Neighbour> neighbours(List<Knob> knobs, Trial best) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (Knob knob : knobs) {
            for (Knob.Turn turn : knob.turns()) {
                Trial trial = trial(turn.applied().apply(best.spec()));
                boolean same = trial.spec().equals(best.spec());
                neighbours.add(
                        new Neighbour(
                                knob.name(),
                                turn.label(),
                                trial,
                                same ? "taken" : trial.against(best)));
            }
        }
        return neighbours;
    }

    private Trial trial(HpaSpec spec) {
        return tried.computeIfAbsent(spec, this::play);
    }

    private Trial play(HpaSpec spec) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            Settings settings = start.settings().withSeed(start.settings().seed() + i);
            var simulation = new Simulation(spec, start.capacity(), settings);
            traces.forEach(trace -> runs.add(simulation.run(trace)));
        }
        return Trial.of(spec, slo, seeds, runs);
    }
}
