package io.gleaner.perf.bench;

import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Report;
import java.io.IOException;
import java.util.Optional;

/** One thing to measure. */
public interface Bench {

    /** The word after {@code gleaner bench}. */
    String name();

    /** Measures. Whatever it starts it ends. */
    Findings run(Lab lab) throws IOException, InterruptedException;

    /** The report as a page with charts, if it has some. */
    default Optional<String> page(Report report) {
        return Optional.empty();
    }
}
