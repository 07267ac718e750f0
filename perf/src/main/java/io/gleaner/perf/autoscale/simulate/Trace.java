package io.gleaner.perf.autoscale.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A load over time.
 *
 * @param rates items per second, one for each second
 */
public record Trace(String name, List<Double> rates) {

    /** The built-in ones. */
    public static final List<String> NAMES =
            List.of("steady", "spike", "ramp", "sawtooth", "flash-crowd", "night");

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int SECONDS_MAX = 7 * 24 * HOUR;

    public Trace {
        rates = List.copyOf(rates);
        if (rates.isEmpty() || rates.size() > SECONDS_MAX) {
            throw new IllegalArgumentException(
                    "a trace must have 1 to %d seconds: %d".formatted(SECONDS_MAX, rates.size()));
        }
    }

    /**
     * A built-in trace.
     *
     * @param base items per second that a quiet time has
     * @throws IllegalArgumentException there is none of this name
     */
    public static Trace named(String name, double base) {
        return switch (name) {
            case "steady" -> of(name, HOUR, base, t -> 1);
            case "spike" -> of(name, HOUR, base, t -> within(t, 10, 20) ? 10 : 1);
            case "ramp" ->
                    of(
                            name,
                            80 * MINUTE,
                            base,
                            t -> between(t, 10, 40, 1, 10) * between(t, 50, 70, 1, 0.1));
            case "sawtooth" -> of(name, 2 * HOUR, base, t -> 1 + 5 * ((t / MINUTE) % 20) / 20);
            // Ten times within a minute, then half as much more every ten minutes.
            case "flash-crowd" ->
                    of(
                            name,
                            90 * MINUTE,
                            base,
                            t ->
                                    t < 10 * MINUTE
                                            ? 1
                                            : t < 11 * MINUTE
                                                    ? between(t, 10, 11, 1, 10)
                                                    : 1
                                                            + 9
                                                                    * Math.pow(
                                                                            0.5,
                                                                            (t / MINUTE - 11)
                                                                                    / 10));
            // An evening, five hours of next to nothing, a morning.
            case "night" ->
                    of(
                            name,
                            8 * HOUR,
                            base,
                            t -> 4 * between(t, 60, 120, 1, 0.02) * between(t, 390, 420, 1, 50));
            default ->
                    throw new IllegalArgumentException(
                            "no trace '%s'; there are %s, or a CSV file of seconds and items per second"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    /**
     * A trace from a file: lines of {@code seconds,items per second}; a rate holds until the next
     * line. Lines that begin with {@code #} are passed over; the last line ends the trace.
     *
     * @throws IllegalArgumentException a line is wrong; it is named
     */
    public static Trace read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
        List<Double> rates = new ArrayList<>();
        double rate = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split(",", -1);
            int second;
            double next;
            try {
                second = Integer.parseInt(cells[0].strip());
                next = Double.parseDouble(cells[1].strip());
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        "%s, line %d: not 'seconds,items per second': %s"
                                .formatted(file, i + 1, line),
                        e);
            }
            if (second < rates.size() || second > SECONDS_MAX || !(next >= 0)) {
                throw new IllegalArgumentException(
                        "%s, line %d: seconds must rise and rates not be negative: %s"
                                .formatted(file, i + 1, line));
            }
            while (rates.size() < second) {
                rates.add(rate);
            }
            rate = next;
        }
        return new Trace(String.valueOf(file.getFileName()), rates);
    }

    /**
     * A piece of it, from a second on until before another.
     *
     * @throws IllegalArgumentException there is no such piece
     */
    public Trace between(Duration from, Duration until) {
        if (from.isNegative() || until.compareTo(from) <= 0 || until.toSeconds() > rates.size()) {
            throw new IllegalArgumentException(
                    "%s has %d s; there is nothing from %s until %s"
                            .formatted(name, rates.size(), from, until));
        }
        return new Trace(name, rates.subList((int) from.toSeconds(), (int) until.toSeconds()));
    }

    /** So many times as much of everything. */
    public Trace times(double factor) {
        return new Trace(name, rates.stream().map(rate -> rate * factor).toList());
    }

    /** Its name and length: nobody wants to read the rates. */
    @Override
    public String toString() {
        return "%s, %d s".formatted(name, rates.size());
    }

    private static Trace of(String name, int seconds, double base, DoubleUnaryOperator factor) {
        List<Double> rates = new ArrayList<>(seconds);
        for (int t = 0; t < seconds; t++) {
            rates.add(base * factor.applyAsDouble(t));
        }
        return new Trace(name, rates);
    }

    private static boolean within(double t, int fromMinute, int toMinute) {
        return t >= fromMinute * MINUTE && t < toMinute * MINUTE;
    }

    /** A straight line between two minutes, level before and after. */
    private static double between(double t, int fromMinute, int toMinute, double from, double to) {
        double share = (t - fromMinute * MINUTE) / ((toMinute - fromMinute) * (double) MINUTE);
        return from + (to - from) * Math.clamp(share, 0, 1);
    }
}
