package io.gleaner.perf.shapes;

import java.util.List;

/** Pages that came to nothing, as the service counts them. */
final class Faults {

    private static final String TASKS = "gleaner_tasks_total";

    // No faults: a page, a page of a cancelled job, and two that are not the end of a task.
    private static final List<String> OTHERS = List.of("content", "dropped", "retried", "rescued");

    private Faults() {}

    static double count(Metrics metrics) {
        double others =
                OTHERS.stream()
                        .mapToDouble(word -> metrics.sum(TASKS, "verdict=\"" + word + "\""))
                        .sum();
        return metrics.sum(TASKS) - others;
    }

    /** Pages with content between two moments. */
    static double content(Metrics from, Metrics to) {
        return to.sum(TASKS, "verdict=\"content\"") - from.sum(TASKS, "verdict=\"content\"");
    }

    /** Of all pages that ended between two moments, 0 to 1. */
    static double share(Metrics from, Metrics to) {
        double faults = count(to) - count(from);
        double all = faults + content(from, to);
        return all > 0 ? faults / all : 0;
    }
}
