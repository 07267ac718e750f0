package io.gleaner.budget;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Every bound in one shape: what is in use and its limit side by side, as {@code
 * gleaner.budget.bytes} and {@code gleaner.budget.limit.bytes}, or {@code .items}.
 */
public final class BudgetMetrics {

    private BudgetMetrics() {}

    /** A budget, and how often one had to wait or was refused. */
    public static void bind(Budget budget, MeterRegistry registry) {
        bytes(budget.name(), budget.limitBytes(), budget::usedBytes, registry);
        count(
                "gleaner.budget.waits",
                "Times that somebody waited for a budget",
                budget,
                Budget::waits,
                registry);
        count(
                "gleaner.budget.refused",
                "Times that a budget refused",
                budget,
                Budget::refusals,
                registry);
    }

    /** A bound in bytes that is kept elsewhere. */
    public static void bytes(
            String name, long limitBytes, LongSupplier usedBytes, MeterRegistry registry) {
        pair(name, "bytes", limitBytes, usedBytes, registry);
    }

    /** A bound in numbers that is kept elsewhere, such as a queue's. */
    public static void items(String name, long limit, LongSupplier used, MeterRegistry registry) {
        pair(name, "items", limit, used, registry);
    }

    private static void pair(
            String name, String unit, long limit, LongSupplier used, MeterRegistry registry) {
        var tags = Tags.of("budget", name);
        Gauge.builder("gleaner.budget." + unit, used::getAsLong)
                .description("What is used of a bound")
                .tags(tags)
                .register(registry);
        Gauge.builder("gleaner.budget.limit." + unit, () -> limit)
                .description("The bound")
                .tags(tags)
                .register(registry);
    }

    private static void count(
            String meter,
            String help,
            Budget budget,
            ToDoubleFunction<Budget> count,
            MeterRegistry registry) {
        FunctionCounter.builder(meter, budget, count)
                .description(help)
                .tag("budget", budget.name())
                .register(registry);
    }
}
