package io.gleaner.perf.autoscale.simulate;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The course of a run as SVG: four panels over one time axis, narrow enough for a phone. Beside a
 * real run its simulation may be drawn, dashed.
 */
public final class Chart {

    private static final int WIDTH = 400;
    private static final int LEFT = 46;
    private static final int RIGHT = 8;
    private static final int PANEL = 92;
    private static final int PLOT = 62;
    private static final int TOP = 20;
    private static final int MINUTE = 60;
    private static final int GRID = 2;
    private static final int TICKS_MAX = 6;
    private static final int[] TICK_MINUTES = {1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 720, 1440};

    /**
     * A line of a panel.
     *
     * @param style of its path
     */
    private record Line(List<Run.Point> points, ToDoubleFunction<Run.Point> value, String style) {}

    private final int seconds;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Run run) {
        this.seconds = Math.max(1, run.points().getLast().second());
    }

    /** A run alone. */
    public static String of(Run run) {
        List<Run.Point> points = run.points();
        return new Chart(run)
                .draw(
                        "replicas: asked for, and ready (dashed)",
                        List.of(new Line(points, Run.Point::load, "")),
                        List.of(new Line(points, Run.Point::backlog, "")),
                        List.of(
                                new Line(points, Run.Point::wanted, ""),
                                new Line(points, Run.Point::ready, " d")),
                        List.of(new Line(points, Run.Point::waitSeconds, "")));
    }

    /** A real run, and dashed the simulation of the same load. */
    public static String of(Run real, Run simulated) {
        return new Chart(real)
                .draw(
                        "replicas asked for: real, and simulated (dashed)",
                        both(real, simulated, Run.Point::load),
                        both(real, simulated, Run.Point::backlog),
                        both(real, simulated, Run.Point::wanted),
                        both(real, simulated, Run.Point::waitSeconds));
    }

    private static List<Line> both(Run real, Run simulated, ToDoubleFunction<Run.Point> value) {
        return List.of(
                new Line(real.points(), value, ""), new Line(simulated.points(), value, " d"));
    }

    private String draw(
            String replicasTitle,
            List<Line> load,
            List<Line> backlog,
            List<Line> replicas,
            List<Line> wait) {
        int height = 4 * PANEL + TOP;
        svg.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"load, backlog, replicas and wait over time\">"
                        .formatted(WIDTH, height));
        panel(0, "load, items/s", false, load);
        panel(1, "backlog, items", false, backlog);
        panel(2, replicasTitle, true, replicas);
        panel(3, "age of the oldest item, s", false, wait);
        axis(4 * PANEL);
        return svg.append("</svg>").toString();
    }

    private void panel(int index, String title, boolean steps, List<Line> lines) {
        int bottom = index * PANEL + PANEL - 8;
        double max = 0;
        for (Line line : lines) {
            for (Run.Point point : line.points()) {
                max = Math.max(max, line.value().applyAsDouble(point));
            }
        }
        double top = nice(max);
        text(LEFT, bottom - PLOT - 6, "start", title, "t");
        for (int i = 0; i <= GRID; i++) {
            double y = bottom - PLOT * (double) i / GRID;
            svg.append(
                    "<line class=\"g\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
                            .formatted(LEFT, WIDTH - RIGHT, at(y), at(y)));
            text(LEFT - 4, y + 3, "end", label(top * i / GRID), "n");
        }
        for (Line line : lines) {
            svg.append("<path class=\"l%d%s\" d=\"".formatted(index, line.style()));
            path(line, top, bottom, steps);
            svg.append("\"/>");
        }
    }

    private void path(Line line, double top, int bottom, boolean steps) {
        for (int i = 0; i < line.points().size(); i++) {
            Run.Point point = line.points().get(i);
            String x = at(x(point.second()));
            String y = at(bottom - PLOT * line.value().applyAsDouble(point) / top);
            if (i == 0) {
                svg.append('M').append(x).append(' ').append(y);
            } else if (steps) {
                svg.append('H').append(x).append('V').append(y);
            } else {
                svg.append('L').append(x).append(' ').append(y);
            }
        }
    }

    private void axis(int y) {
        int minutes = seconds / MINUTE;
        int step = TICK_MINUTES[TICK_MINUTES.length - 1];
        for (int i = TICK_MINUTES.length - 1; i >= 0; i--) {
            step = minutes / TICK_MINUTES[i] <= TICKS_MAX ? TICK_MINUTES[i] : step;
        }
        for (int minute = 0; minute <= minutes; minute += step) {
            text(x(minute * MINUTE), y + 8.0, "middle", Integer.toString(minute), "n");
        }
        text(WIDTH - RIGHT, y + 18.0, "end", "minutes", "n");
    }

    private double x(int second) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * second / seconds;
    }

    private void text(double x, double y, String anchor, String text, String style) {
        svg.append(
                "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                        .formatted(style, at(x), at(y), anchor, text));
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%.1f", value);
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The next of 2, 4, 10, 20, 40 and so on, so that half of it is a round number too. */
    private static double nice(double max) {
        if (max <= 0) {
            return 2;
        }
        double power = Math.pow(10, Math.floor(Math.log10(max)));
        for (double factor : new double[] {1, 2, 4, 6, 8}) {
            if (factor * power >= max) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
