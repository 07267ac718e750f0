package io.gleaner.perf.shapes;

import io.gleaner.perf.users.Requests;
import io.gleaner.perf.users.Step;

/**
 * How one step of a stress run went.
 *
 * @param usersPerSecond that arrived
 * @param promptP99Ms of requests that wait for no page
 */
record StressStep(
        double usersPerSecond, double requestsPerSecond, double promptP99Ms, double errorShare) {

    static StressStep of(Step step, Answers answers) {
        return new StressStep(
                step.to(),
                answers.perSecond(),
                answers.latency(Requests.prompt()).p99Ms(),
                answers.errorShare());
    }

    boolean holds(Limits limits) {
        return promptP99Ms <= limits.promptP99Ms() && errorShare <= limits.errorShare();
    }
}
