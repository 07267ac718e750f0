package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Capacity;
import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.chaos.Audit;
import io.gleaner.perf.chaos.Rescues;
import io.gleaner.perf.pods.Termination;
import java.util.List;

/**
 * All that a drill came to.
 *
 * @param capacity of a worker, as the simulations had it
 * @param conduct of controller, cluster and load
 * @param band of the simulations
 * @param taken others took much of the machine before anything began
 * @param undisturbed a simulation with the pods that the policy was made for
 * @param requests sent in all
 * @param refused for lack of time
 * @param failures of other requests, one line each
 * @param rescales of the controller
 * @param errors of its syncs
 * @param ends of workers that were asked to end
 * @param killed workers that were sent SIGKILL on purpose
 * @param fetchedTwice pages that the site was asked for more than once
 */
record Outcome(
        WorkerFigures worker,
        Capacity capacity,
        Run real,
        Conduct conduct,
        Band band,
        boolean taken,
        Run undisturbed,
        Audit.Result audit,
        long requests,
        long refused,
        List<String> failures,
        List<Course.Rescale> rescales,
        List<String> errors,
        List<Termination> ends,
        int killed,
        Rescues rescues,
        long fetchedTwice) {}
