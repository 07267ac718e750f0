package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one worker can do and takes on this machine, in the machine's time, and how far that
 * differs.
 *
 * @param pagesPerSecond at most
 * @param cpuMillisPerPage of a warm worker, milliseconds of a core
 * @param idleCpuMilli thousandths of a core without any work, as the line through full and quiet
 *     load has it: a page costs more when few come, and that is where it matters
 * @param noiseMilli CPU over one window less what the pages in it explain, and less what all
 *     workers had in common
 * @param coldCpuMillis taken on top until a worker is warm
 * @param coldPages after which it is
 * @param memoryMiB resident when it works
 * @param readySeconds from the start of the process until it is ready, when several start at once
 * @param startCpuMillis taken until then
 */
record WorkerFigures(
        Spread pagesPerSecond,
        Spread cpuMillisPerPage,
        Spread idleCpuMilli,
        List<Double> noiseMilli,
        Spread coldCpuMillis,
        double coldPages,
        double memoryMiB,
        Spread readySeconds,
        Spread startCpuMillis) {

    private static final double MILLI = 1000;

    /** Over this share of its pace a worker tells what a page costs, below what being idle does. */
    private static final double BUSY = 0.5;

    /** What one worker did and took over some time. */
    record Work(double seconds, double pages, double cpuMillis) {

        double pagesPerSecond() {
            return pages / seconds;
        }

        double cpuMilli() {
            return cpuMillis / seconds;
        }
    }

    /** How one worker started. */
    record Start(double readySeconds, double cpuMillis) {}

    /**
     * What was looked at.
     *
     * @param coldest each worker's work until it was warm
     * @param full windows under full load, each with the work of every worker
     * @param crowded the same while others that had just started worked beside
     * @param quiet the same under little load
     */
    record Trial(
            List<Work> coldest,
            List<List<Work>> full,
            List<List<Work>> crowded,
            List<List<Work>> quiet,
            List<Start> starts,
            double memoryMiB) {}

    static WorkerFigures of(Trial trial) {
        double little = Spread.of(means(trial.quiet(), Work::pagesPerSecond)).median();
        double atLittle = Spread.of(means(trial.quiet(), Work::cpuMilli)).median();
        var perPage =
                Spread.of(
                        trial.full().stream()
                                .map(
                                        window ->
                                                (mean(window, Work::cpuMilli) - atLittle)
                                                        / (mean(window, Work::pagesPerSecond)
                                                                - little))
                                .toList());
        var idle =
                Spread.of(
                        means(
                                trial.quiet(),
                                work ->
                                        Math.max(
                                                0,
                                                work.cpuMilli()
                                                        - perPage.median()
                                                                * work.pagesPerSecond())));
        ToDoubleFunction<Work> unexplained =
                work ->
                        work.cpuMillis()
                                - perPage.median() * work.pages()
                                - idle.median() * work.seconds();
        var paces = new ArrayList<>(means(trial.full(), Work::pagesPerSecond));
        paces.addAll(means(trial.crowded(), Work::pagesPerSecond));
        var noise = new ArrayList<Double>();
        trial.full().forEach(window -> noise.addAll(noise(window, unexplained)));
        trial.quiet().forEach(window -> noise.addAll(noise(window, unexplained)));
        return new WorkerFigures(
                Spread.of(paces),
                perPage,
                idle,
                noise,
                Spread.of(trial.coldest(), work -> Math.max(0, unexplained.applyAsDouble(work))),
                mean(trial.coldest(), Work::pages),
                trial.memoryMiB(),
                Spread.of(trial.starts(), Start::readySeconds),
                Spread.of(trial.starts(), Start::cpuMillis));
    }

    private static List<Double> noise(List<Work> window, ToDoubleFunction<Work> unexplained) {
        double common = mean(window, unexplained);
        return window.stream()
                .map(work -> (unexplained.applyAsDouble(work) - common) / work.seconds())
                .toList();
    }

    private static List<Double> means(List<List<Work>> windows, ToDoubleFunction<Work> value) {
        return windows.stream().map(window -> mean(window, value)).toList();
    }

    private static double sum(List<Work> works, ToDoubleFunction<Work> value) {
        return works.stream().mapToDouble(value).sum();
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).average().orElseThrow();
    }

    WorkerFigures {
        noiseMilli = List.copyOf(noiseMilli);
        if (!(pagesPerSecond.min() > 0) || !(cpuMillisPerPage.min() > 0)) {
            throw new IllegalArgumentException(
                    "a worker that does %s pages/s with %s ms of CPU for a page cannot be scaled"
                                    .formatted(pagesPerSecond.text(), cpuMillisPerPage.text())
                            + " by its work");
        }
    }

    /** The ends of all that was seen, around the middle of the trial. */
    private static Spread around(Spread trial, List<Double> all) {
        var ends = Spread.of(all);
        return new Spread(trial.median(), ends.min(), ends.max(), ends.runs());
    }

    /** Thousandths of a core at its full pace. */
    double fullCpuMilli() {
        return idleCpuMilli.median() + cpuMillisPerPage.median() * pagesPerSecond.median();
    }

    /**
     * The same with what was seen later, for the machine may have changed.
     *
     * @param windows with the work of every warm worker
     * @param seen seconds of starts; where there were none the trial's stay
     */
    WorkerFigures with(List<List<Work>> windows, List<Double> seen) {
        var costs = new ArrayList<>(List.of(cpuMillisPerPage.min(), cpuMillisPerPage.max()));
        var idle = new ArrayList<>(List.of(idleCpuMilli.min(), idleCpuMilli.max()));
        for (List<Work> window : windows) {
            double seconds = sum(window, Work::seconds);
            double pages = sum(window, Work::pages);
            double cpu = sum(window, Work::cpuMillis);
            if (pages / seconds > BUSY * pagesPerSecond.median()) {
                costs.add(Math.max(1, (cpu - idleCpuMilli.median() * seconds) / pages));
            } else {
                idle.add(Math.max(0, (cpu - cpuMillisPerPage.median() * pages) / seconds));
            }
        }
        return new WorkerFigures(
                pagesPerSecond,
                around(cpuMillisPerPage, costs),
                around(idleCpuMilli, idle),
                noiseMilli,
                coldCpuMillis,
                coldPages,
                memoryMiB,
                seen.isEmpty() ? readySeconds : Spread.of(seen),
                startCpuMillis);
    }

    @Override
    public String toString() {
        return "%s pages/s, a page %s ms of CPU, idle %s m, warm after %.0f pages with %s s of CPU more, ready after %s s"
                .formatted(
                        pagesPerSecond.text(),
                        cpuMillisPerPage.text(),
                        idleCpuMilli.text(),
                        coldPages,
                        coldCpuMillis.times(1 / MILLI).text(),
                        readySeconds.text());
    }
}
