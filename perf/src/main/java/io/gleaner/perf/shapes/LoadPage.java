package io.gleaner.perf.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.perf.load.Latency;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.users.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as one HTML page that needs nothing else: verdicts, charts on one time axis, tables, the
 * machine. The charts are drawn by a few lines of JavaScript at the width of the screen.
 */
final class LoadPage {

    private static final String TEMPLATE = "/load-page.html";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double MIB = 1024 * 1024;
    private static final int POINTS_MAX = 600;

    private LoadPage() {}

    /** A line of a chart: a value each {@code step} seconds, null where there is none. */
    private record Line(String name, List<@Nullable Double> values) {}

    /**
     * @param step seconds between two values
     */
    private record Chart(String title, String unit, double step, List<Line> lines) {}

    static String of(Report report) {
        if (!(report.findings().raw() instanceof Run run)) {
            throw new IllegalArgumentException("no run of a load test: " + report.name());
        }
        return template()
                .replace("%TITLE%", escaped(report.name()))
                .replace("%SUMMARY%", summary(report))
                .replace("%VERDICTS%", verdicts(report.findings().verdicts()))
                .replace("%NOTES%", notes(report.findings().notes()))
                .replace("%TABLES%", tables(report))
                .replace("%CHARTS%", JSON.writeValueAsString(charts(run)).replace("<", "\\u003c"));
    }

    private static String template() {
        try (InputStream in = LoadPage.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + TEMPLATE);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String summary(Report report) {
        boolean holds = report.findings().hold();
        return "<p class=\"%s\">%s</p><p><code>%s</code><br>%s, commit %s%s</p>"
                .formatted(
                        holds ? "good" : "bad",
                        holds ? "Everything holds." : "Not everything holds.",
                        escaped(report.command()),
                        report.began(),
                        escaped(report.revision().commit()),
                        report.revision().dirty() ? ", with uncommitted changes" : "");
    }

    private static String verdicts(List<Verdict> verdicts) {
        var rows = new StringBuilder();
        for (Verdict verdict : verdicts) {
            rows.append(
                    "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
                            .formatted(
                                    verdict.holds() ? "good" : "bad",
                                    escaped(verdict.what()),
                                    escaped(verdict.measured()),
                                    escaped(verdict.bound()),
                                    verdict.outcome().text()));
        }
        return rows.toString();
    }

    private static String notes(List<String> notes) {
        var items = new StringBuilder();
        notes.forEach(note -> items.append("<li>").append(escaped(note)).append("</li>"));
        return items.toString();
    }

    private static String tables(Report report) {
        var html = new StringBuilder();
        report.findings().tables().forEach(table -> append(html, table));
        var settings = new ArrayList<List<String>>();
        settings.add(List.of("machine", report.machine().toString()));
        settings.add(
                List.of(
                        "machine at rest",
                        "late wake-ups p99 %s ms, writes to disk p99 %s ms"
                                .formatted(
                                        Figures.number(report.atRest().wakeUp().p99Ms()),
                                        Figures.number(report.atRest().toDisk().p99Ms()))));
        settings.add(List.of("stolen by the hypervisor", Figures.percent(report.steal())));
        report.findings().settings().forEach((name, value) -> settings.add(List.of(name, value)));
        append(html, new Table("Machine and settings", List.of("", ""), settings));
        return html.toString();
    }

    private static void append(StringBuilder html, Table table) {
        html.append("<h2>").append(escaped(table.title())).append("</h2><div class=wide><table>");
        row(html, table.columns(), "th");
        table.rows().forEach(row -> row(html, row, "td"));
        html.append("</table></div>");
    }

    private static void row(StringBuilder html, List<String> cells, String tag) {
        html.append("<tr>");
        cells.forEach(
                cell ->
                        html.append('<')
                                .append(tag)
                                .append('>')
                                .append(escaped(cell))
                                .append("</")
                                .append(tag)
                                .append('>'));
        html.append("</tr>");
    }

    private static List<Chart> charts(Run run) {
        var charts = new ArrayList<Chart>();
        double step = Math.max(1, Math.ceil(run.seconds() / POINTS_MAX));
        charts.add(latency(run, step));
        charts.add(
                new Chart(
                        "Throughput",
                        "1/s",
                        step,
                        List.of(
                                new Line("requests of users", sent(run, step, false)),
                                line(run, step, "pages", Sample::pagesPerSecond))));
        charts.add(
                new Chart(
                        "Errors",
                        "1/s",
                        step,
                        List.of(
                                new Line("requests gone wrong", sent(run, step, true)),
                                line(
                                        run,
                                        step,
                                        "pages that came to a fault",
                                        Sample::faultsPerSecond))));
        charts.add(
                new Chart(
                        "Backlog",
                        "URLs",
                        step,
                        List.of(line(run, step, "queued", Sample::backlog))));
        charts.add(
                new Chart(
                        "CPU",
                        "cores",
                        step,
                        List.of(
                                line(run, step, "service", Sample::serviceCores),
                                line(run, step, "PostgreSQL", Sample::postgresCores),
                                line(run, step, "no part of the run", Sample::otherCores))));
        charts.add(
                new Chart(
                        "Memory",
                        "MiB",
                        step,
                        List.of(
                                line(run, step, "resident", s -> s.rssBytes() / MIB),
                                line(run, step, "heap", s -> s.heapBytes() / MIB))));
        charts.add(
                new Chart(
                        "Connections to the database",
                        "",
                        step,
                        List.of(
                                line(run, step, "in use", Sample::poolActive),
                                line(run, step, "waited for", Sample::poolPending))));
        charts.add(
                new Chart(
                        "Statements in PostgreSQL",
                        "",
                        step,
                        List.of(
                                line(run, step, "under way", Sample::databaseActive),
                                line(run, step, "wait for a lock", Sample::lockWaiters))));
        charts.add(
                new Chart(
                        "Collections and Redis",
                        "share",
                        step,
                        List.of(
                                line(run, step, "in pauses of the collector", Sample::gcShare),
                                line(run, step, "Redis is up", Sample::redisUp))));
        return charts;
    }

    private static Chart latency(Run run, double step) {
        var latencies = new ArrayList<Latency>();
        for (double at = 0; at < run.seconds(); at += step) {
            latencies.add(run.answers().between(at, at + step).latency(Requests.prompt()));
        }
        return new Chart(
                "Latency of requests that wait for no page, by when they were sent",
                "ms",
                step,
                List.of(
                        line("p50", latencies, Latency::p50Ms),
                        line("p99", latencies, Latency::p99Ms),
                        line("longest", latencies, Latency::maxMs)));
    }

    private static Line line(
            String name, List<Latency> latencies, ToDoubleFunction<Latency> value) {
        var values = new ArrayList<@Nullable Double>();
        for (Latency latency : latencies) {
            values.add(latency.count() == 0 ? null : value.applyAsDouble(latency));
        }
        return new Line(name, values);
    }

    private static List<@Nullable Double> sent(Run run, double step, boolean wrong) {
        var values = new ArrayList<@Nullable Double>();
        for (double at = 0; at < run.seconds(); at += step) {
            Answers answers = run.answers().between(at, at + step);
            values.add((wrong ? answers.errors() : answers.responses().size()) / step);
        }
        return values;
    }

    /** The mean of the samples in each step. */
    private static Line line(Run run, double step, String name, ToDoubleFunction<Sample> value) {
        var values = new ArrayList<@Nullable Double>();
        for (double at = 0; at < run.seconds(); at += step) {
            double from = at;
            double mean =
                    run.samples().stream()
                            .filter(s -> s.at() >= from && s.at() < from + step)
                            .mapToDouble(value)
                            .filter(v -> !Double.isNaN(v))
                            .average()
                            .orElse(Double.NaN);
            values.add(Double.isNaN(mean) ? null : mean);
        }
        return new Line(name, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
