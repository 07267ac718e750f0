package io.gleaner.perf.bench;

import io.gleaner.perf.load.Latency;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Results of load, side by side: a column for each variant, medians with their ends. */
final class LoadTables {

    private LoadTables() {}

    static Table open(String title, Map<String, List<LoadResult>> variants) {
        var rows = new ArrayList<List<String>>();
        rows.add(row("asked for, 1/s", variants, LoadResult::ratePerSecond));
        rows.add(row("accepted, 1/s", variants, LoadResult::acceptedPerSecond));
        rows.addAll(latency(variants));
        rows.add(total("refused", variants, LoadResult::refused));
        rows.add(total("failed", variants, LoadResult::failed));
        rows.add(total("unanswered", variants, LoadResult::unanswered));
        rows.add(total("dropped before the send", variants, LoadResult::dropped));
        rows.add(total("sent over 1 ms late", variants, LoadResult::lateOver1Ms));
        rows.add(total("sent over 10 ms late", variants, LoadResult::lateOver10Ms));
        rows.add(statuses(variants));
        rows.add(row("CPU of the driver, cores", variants, LoadTables::driverCores));
        return new Table(title, columns(variants), rows);
    }

    static Table closed(String title, Map<String, List<LoadResult>> variants) {
        var rows = new ArrayList<List<String>>();
        rows.add(row("accepted, 1/s", variants, LoadResult::acceptedPerSecond));
        rows.addAll(latency(variants));
        rows.add(total("refused", variants, LoadResult::refused));
        rows.add(total("failed or unanswered", variants, r -> r.failed() + r.unanswered()));
        rows.add(statuses(variants));
        rows.add(row("CPU of the driver, cores", variants, LoadTables::driverCores));
        return new Table(title, columns(variants), rows);
    }

    static Table toDisk(List<Latency> runs) {
        return new Table(
                "8 KiB to the disk meanwhile",
                List.of("median (least .. most)", ""),
                List.of(
                        List.of("p50, ms", Spread.of(runs, Latency::p50Ms).text()),
                        List.of("p90, ms", Spread.of(runs, Latency::p90Ms).text()),
                        List.of("p99, ms", Spread.of(runs, Latency::p99Ms).text()),
                        List.of("longest, ms", Spread.of(runs, Latency::maxMs).text())));
    }

    private static List<List<String>> latency(Map<String, List<LoadResult>> variants) {
        return List.of(
                row("p50, ms", variants, r -> r.latency().p50Ms()),
                row("p90, ms", variants, r -> r.latency().p90Ms()),
                row("p99, ms", variants, r -> r.latency().p99Ms()),
                row("p99.9, ms", variants, r -> r.latency().p999Ms()),
                row("longest, ms", variants, r -> r.latency().maxMs()));
    }

    private static double driverCores(LoadResult result) {
        return result.driverCpuSeconds() / result.seconds();
    }

    private static List<String> columns(Map<String, List<LoadResult>> variants) {
        var columns = new ArrayList<>(List.of("median (least .. most)"));
        columns.addAll(variants.keySet());
        return columns;
    }

    private static List<String> row(
            String name,
            Map<String, List<LoadResult>> variants,
            ToDoubleFunction<LoadResult> value) {
        var row = new ArrayList<>(List.of(name));
        variants.values().forEach(runs -> row.add(Spread.of(runs, value).text()));
        return row;
    }

    private static List<String> total(
            String name,
            Map<String, List<LoadResult>> variants,
            ToDoubleFunction<LoadResult> count) {
        var row = new ArrayList<>(List.of(name + ", all runs"));
        variants.values()
                .forEach(runs -> row.add(Figures.number(runs.stream().mapToDouble(count).sum())));
        return row;
    }

    private static List<String> statuses(Map<String, List<LoadResult>> variants) {
        var row = new ArrayList<>(List.of("statuses, last run"));
        variants.values().forEach(runs -> row.add(runs.getLast().statuses().toString()));
        return row;
    }
}
