package io.gleaner.perf.shapes;

import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the time of requests and pages went, by what the service measures itself. Seconds a second
 * are the mean number of those that were in that step at any time (Little's law).
 */
final class Times {

    private static final int ROWS_EACH = 8;
    private static final double SHOWN_MIN = 0.0005;

    /** A timer of the service, and the label by which it is split. */
    private record Source(String title, String name, String label) {}

    private static final List<Source> SOURCES =
            List.of(
                    new Source("request", "http_server_requests_seconds", "route"),
                    new Source(
                            "connection waited for",
                            "hikaricp_connections_acquire_seconds",
                            "pool"),
                    new Source("statement", "gleaner_db_statement_seconds", "statement"),
                    new Source("page", "gleaner_fetch_seconds", ""),
                    new Source("page", "gleaner_fetch_phase_seconds", "phase"),
                    new Source("page", "gleaner_extract_seconds", ""),
                    new Source("page", "gleaner_settle_seconds", ""),
                    new Source("loaded for a cache", "gleaner_cache_loads_seconds", "cache"),
                    new Source("Redis", "lettuce_command_completion_seconds", "command"),
                    new Source("collector", "jvm_gc_pause_seconds", "gc"));

    private Times() {}

    static Table of(Run run) {
        var rows = new ArrayList<List<String>>();
        for (Source source : SOURCES) {
            rows(run, source).stream().limit(ROWS_EACH).forEach(rows::add);
        }
        return new Table(
                "Where the time went",
                List.of("", "", "seconds a second", "times a second", "mean, ms"),
                rows);
    }

    private static List<List<String>> rows(Run run, Source source) {
        Map<String, double[]> found = new TreeMap<>();
        collect(found, run.after(), source, 1);
        collect(found, run.before(), source, -1);
        return found.entrySet().stream()
                .filter(entry -> entry.getValue()[0] / run.seconds() >= SHOWN_MIN)
                .sorted(
                        Comparator.comparingDouble(
                                (Map.Entry<String, double[]> entry) -> -entry.getValue()[0]))
                .map(
                        entry -> {
                            double seconds = entry.getValue()[0];
                            double count = entry.getValue()[1];
                            return List.of(
                                    source.title(),
                                    entry.getKey(),
                                    Figures.number(seconds / run.seconds()),
                                    Figures.number(count / run.seconds()),
                                    count > 0 ? Figures.number(1000 * seconds / count) : "");
                        })
                .toList();
    }

    /** Adds sums and counts by the label's value. */
    private static void collect(
            Map<String, double[]> found, Metrics metrics, Source source, int sign) {
        metrics.samples()
                .forEach(
                        (key, value) -> {
                            int kind = kind(key, source.name());
                            if (kind >= 0 && !Double.isNaN(value)) {
                                found.computeIfAbsent(value(key, source), k -> new double[2])[
                                                kind] +=
                                        sign * value;
                            }
                        });
    }

    /** 0 for a sum, 1 for a count, -1 for something else. */
    private static int kind(String key, String name) {
        String rest = key.startsWith(name) ? key.substring(name.length()) : "";
        return rest.startsWith("_sum") ? 0 : rest.startsWith("_count") ? 1 : -1;
    }

    private static String value(String key, Source source) {
        if (source.label().isEmpty()) {
            return source.name().replaceFirst("^gleaner_(.*)_seconds$", "$1");
        }
        Matcher matcher = Pattern.compile(source.label() + "=\"([^\"]*)\"").matcher(key);
        String value = matcher.find() ? matcher.group(1) : "";
        // A long poll waits because it was asked to.
        return key.contains("waits=\"true\"") ? value + " (asked to wait)" : value;
    }
}
