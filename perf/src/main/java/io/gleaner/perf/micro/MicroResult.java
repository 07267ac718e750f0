package io.gleaner.perf.micro;

import io.gleaner.perf.report.Figures;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation of a benchmark costs.
 *
 * @param input what it was done with, empty when there is no choice
 * @param score mean time of one operation
 * @param error half the width of the 99.9 % confidence interval of the score
 * @param unit of both
 * @param allocatedBytes on the heap by one operation
 */
record MicroResult(
        String benchmark,
        String input,
        double score,
        double error,
        String unit,
        double allocatedBytes) {

    static final List<String> COLUMNS =
            List.of("benchmark", "input", "score", "error", "unit", "allocated, B/op");

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static MicroResult of(RunResult run) {
        Result<?> time = run.getPrimaryResult();
        Result<?> allocated =
                Objects.requireNonNull(run.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        var params = run.getParams();
        return new MicroResult(
                shortName(params.getBenchmark()),
                params.getParamsKeys().stream()
                        .map(params::getParam)
                        .collect(Collectors.joining(", ")),
                time.getScore(),
                time.getScoreError(),
                time.getScoreUnit(),
                allocated.getScore());
    }

    /** Class and method. */
    static String shortName(String benchmark) {
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
    }

    List<String> row() {
        return List.of(
                benchmark,
                input,
                Figures.number(score),
                Figures.number(error),
                unit,
                Figures.number(allocatedBytes));
    }
}
