package io.gleaner.perf.shapes;

import io.gleaner.perf.load.Latency;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.users.Requests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Answers of a window.
 *
 * @param seconds how long the window is
 */
record Answers(List<Response> responses, double seconds) {

    private static final int ERRORS_SHOWN = 8;

    Answers {
        responses = List.copyOf(responses);
    }

    /** Those to requests that were sent in a part of the time. */
    Answers between(double fromSeconds, double toSeconds) {
        return new Answers(
                responses.stream()
                        .filter(response -> response.startMs() >= fromSeconds * 1000)
                        .filter(response -> response.startMs() < toSeconds * 1000)
                        .toList(),
                toSeconds - fromSeconds);
    }

    double perSecond() {
        return responses.size() / seconds;
    }

    long errors() {
        return responses.stream().filter(response -> !response.ok()).count();
    }

    double errorShare() {
        return responses.isEmpty() ? 0 : errors() / (double) responses.size();
    }

    /** Of some requests, the failed ones too. */
    Latency latency(Collection<String> requests) {
        Histogram histogram = Latency.histogram();
        responses.stream()
                .filter(response -> requests.contains(response.request()))
                .forEach(
                        response ->
                                Latency.record(
                                        histogram,
                                        TimeUnit.MILLISECONDS.toNanos(response.tookMs())));
        return Latency.of(histogram);
    }

    Table table() {
        var rows = new ArrayList<List<String>>();
        for (String name : Requests.all()) {
            Answers of =
                    new Answers(
                            responses.stream().filter(r -> r.request().equals(name)).toList(),
                            seconds);
            if (!of.responses().isEmpty()) {
                Latency latency = of.latency(List.of(name));
                rows.add(
                        List.of(
                                name,
                                String.valueOf(latency.count()),
                                Figures.number(of.perSecond()),
                                Figures.number(latency.p50Ms()),
                                Figures.number(latency.p99Ms()),
                                Figures.number(latency.p999Ms()),
                                Figures.number(latency.maxMs()),
                                String.valueOf(of.errors())));
            }
        }
        return new Table(
                "Requests",
                List.of(
                        "",
                        "sent",
                        "1/s",
                        "p50, ms",
                        "p99, ms",
                        "p99.9, ms",
                        "longest, ms",
                        "wrong"),
                rows);
    }

    /** What went wrong, the most frequent first. */
    List<String> errorLines() {
        Map<String, Long> counts =
                responses.stream()
                        .filter(response -> !response.ok())
                        .collect(
                                Collectors.groupingBy(
                                        response ->
                                                "%s: %s"
                                                        .formatted(
                                                                response.request(),
                                                                response.message()),
                                        TreeMap::new,
                                        Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(ERRORS_SHOWN)
                .map(entry -> "%d times %s".formatted(entry.getValue(), entry.getKey()))
                .toList();
    }
}
