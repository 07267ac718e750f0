package io.gleaner.perf.bench;

import io.gleaner.perf.report.Findings;
import java.io.IOException;

/** One thing to measure. */
public interface Bench {

    /** The word after {@code gleaner bench}. */
    String name();

    /** Measures. Whatever it starts it ends. */
    Findings run(Lab lab) throws IOException, InterruptedException;
}
