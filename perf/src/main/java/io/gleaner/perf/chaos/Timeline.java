package io.gleaner.perf.chaos;

import io.gleaner.perf.chaos.OutageLoad.Event;
import io.gleaner.perf.chaos.PoolWatch.Sample;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run window by window: what was answered, and what the metrics said at its end. */
final class Timeline {

    private static final Duration FINE_MAX = Duration.ofMinutes(1);
    private static final int WINDOW_SECONDS_COARSE = 5;
    private static final int UNAVAILABLE = 503;
    private static final double MS = 1e3;

    /**
     * Requests by the intended time of their send.
     *
     * @param second at which it begins, from the beginning of the outage
     * @param sample the last one in it, or null when the metrics did not come
     */
    record Window(
            long second,
            long right,
            long refused,
            long other,
            double p50Ms,
            double p99Ms,
            @Nullable Sample sample) {}

    private final int windowSeconds;

    private Timeline(int windowSeconds) {
        this.windowSeconds = windowSeconds;
    }

    /** Windows of a second, or of five when the run is long. */
    static Timeline of(Duration run) {
        return new Timeline(run.compareTo(FINE_MAX) > 0 ? WINDOW_SECONDS_COARSE : 1);
    }

    /**
     * @param zero what counts as second 0
     */
    List<Window> windows(List<Event> events, List<Sample> samples, long zero) {
        long first = events.stream().mapToLong(e -> window(e.intended(), zero)).min().orElse(0);
        long last = events.stream().mapToLong(e -> window(e.intended(), zero)).max().orElse(0);
        var windows = new ArrayList<Window>();
        for (long n = first; n <= last; n++) {
            long number = n;
            List<Event> in =
                    events.stream().filter(e -> window(e.intended(), zero) == number).toList();
            Sample sample =
                    samples.stream()
                            .filter(s -> window(s.at(), zero) == number)
                            .reduce(null, (before, later) -> later);
            windows.add(window(number * windowSeconds, in, sample));
        }
        return windows;
    }

    private static Window window(long second, List<Event> events, @Nullable Sample sample) {
        long right = events.stream().filter(Event::isRight).count();
        long refused = events.stream().filter(e -> e.status() == UNAVAILABLE).count();
        double[] seconds = events.stream().mapToDouble(Event::seconds).sorted().toArray();
        return new Window(
                second,
                right,
                refused,
                events.size() - right - refused,
                MS * percentile(seconds, 0.50),
                MS * percentile(seconds, 0.99),
                sample);
    }

    /** Of sorted values, by nearest rank; 0 of none. */
    static double percentile(double[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private long window(long nanoTime, long zero) {
        return Math.floorDiv(nanoTime - zero, windowSeconds * 1_000_000_000L);
    }

    static Table table(String title, List<Window> windows) {
        return new Table(
                title,
                List.of(
                        "s",
                        "ok",
                        "503",
                        "other",
                        "p50, ms",
                        "p99, ms",
                        "requests: active / idle / pending",
                        "work",
                        "timeouts",
                        "refused at once",
                        "away",
                        "fetches",
                        "queues in hand"),
                windows.stream().map(Timeline::row).toList());
    }

    private static List<String> row(Window window) {
        var row =
                new ArrayList<>(
                        List.of(
                                String.valueOf(window.second()),
                                String.valueOf(window.right()),
                                String.valueOf(window.refused()),
                                String.valueOf(window.other()),
                                Figures.number(window.p50Ms()),
                                Figures.number(window.p99Ms())));
        Sample sample = window.sample();
        row.addAll(
                sample == null
                        ? List.of("", "", "", "", "", "", "")
                        : List.of(
                                sample.requests().text(),
                                sample.work().text(),
                                String.valueOf(sample.timeouts()),
                                String.valueOf(sample.refused()),
                                sample.away() ? "away" : "",
                                String.valueOf(sample.inFlight()),
                                String.valueOf(sample.hostsInHand())));
        return row;
    }
}
