package io.gleaner.budget;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * The budgets of one process: what others send, and what is made of it, on its way through.
 *
 * @param bodies of answers, from their first 64 KiB on until their page is taken for storing
 * @param trees of documents that are being parsed
 * @param pages that wait for their commit
 * @param submissions lists of URLs on their way into the database
 * @param streams pages on their way to clients
 */
public record Budgets(
        Budget bodies, Budget trees, Budget pages, Budget submissions, Budget streams) {

    public static final long BYTES_MIN = 16L << 20;

    /**
     * Shares of one amount, in sixteenths: bodies 8, trees 4, pages 2, submissions and streams 1.
     *
     * @param bodyMaxBytes what one body may take in all while it is read
     */
    public static Budgets sharing(long bytes, long bodyMaxBytes) {
        if (bytes < BYTES_MIN) {
            throw new IllegalArgumentException(
                    "bytes must be at least %d: %d".formatted(BYTES_MIN, bytes));
        }
        return new Budgets(
                new Budget("bodies", bytes / 2, bodyMaxBytes),
                new Budget("trees", bytes / 4),
                new Budget("pages", bytes / 8),
                new Budget("submissions", bytes / 16),
                new Budget("streams", bytes / 16));
    }

    /** Half of the heap, or the least there is. */
    public static long standardBytes() {
        return Math.max(BYTES_MIN, Runtime.getRuntime().maxMemory() / 2);
    }

    public void bindTo(MeterRegistry registry) {
        List.of(bodies, trees, pages, submissions, streams)
                .forEach(budget -> BudgetMetrics.bind(budget, registry));
    }
}
