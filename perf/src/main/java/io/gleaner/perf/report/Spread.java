package io.gleaner.perf.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle and the ends of repeated measurements. */
public record Spread(double median, double min, double max, int runs) {

    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a spread needs at least one value");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }

    public static <T> Spread of(List<T> runs, ToDoubleFunction<T> value) {
        return of(runs.stream().map(value::applyAsDouble).toList());
    }

    /** So many times as much. */
    public Spread times(double factor) {
        return new Spread(factor * median, factor * min, factor * max, runs);
    }

    /** {@code 12.3 (11.9 .. 13.0)}, or the value alone of a single run. */
    public String text() {
        String middle = Figures.number(median);
        return runs == 1
                ? middle
                : "%s (%s .. %s)".formatted(middle, Figures.number(min), Figures.number(max));
    }
}
