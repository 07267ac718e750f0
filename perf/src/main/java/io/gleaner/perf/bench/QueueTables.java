package io.gleaner.perf.bench;

import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Results of workers that do not fetch, a column for each variant. */
final class QueueTables {

    private QueueTables() {}

    static Table of(String title, Map<String, List<QueueResult>> variants) {
        var columns = new ArrayList<>(List.of("median (least .. most)"));
        columns.addAll(variants.keySet());
        var rows = new ArrayList<List<String>>();
        rows.add(row("tasks settled, 1/s", variants, QueueResult::settledPerSecond));
        rows.add(row("tasks of a lease, mean", variants, QueueResult::leaseTasks));
        rows.add(row("leases", variants, r -> r.lease().count()));
        rows.add(row("settlements", variants, r -> r.settle().count()));
        rows.add(row("lease p50, ms", variants, r -> r.lease().p50Ms()));
        rows.add(row("lease p99, ms", variants, r -> r.lease().p99Ms()));
        rows.add(row("lease longest, ms", variants, r -> r.lease().maxMs()));
        rows.add(row("settle p50, ms", variants, r -> r.settle().p50Ms()));
        rows.add(row("settle p99, ms", variants, r -> r.settle().p99Ms()));
        rows.add(row("settle longest, ms", variants, r -> r.settle().maxMs()));
        rows.add(row("release p99, ms", variants, r -> r.release().p99Ms()));
        rows.add(row("counts of the backlog", variants, r -> r.count().count()));
        rows.add(row("count p50, ms", variants, r -> r.count().p50Ms()));
        rows.add(row("count p99, ms", variants, r -> r.count().p99Ms()));
        rows.add(row("count longest, ms", variants, r -> r.count().maxMs()));
        rows.add(row("seconds", variants, QueueResult::seconds));
        rows.add(row("CPU of the worker, cores", variants, r -> r.cpuSeconds() / r.seconds()));
        return new Table(title, columns, rows);
    }

    private static List<String> row(
            String name,
            Map<String, List<QueueResult>> variants,
            ToDoubleFunction<QueueResult> value) {
        var row = new ArrayList<>(List.of(name));
        variants.values().forEach(runs -> row.add(Spread.of(runs, value).text()));
        return row;
    }
}
