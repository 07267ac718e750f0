package io.gleaner.worker;

import io.gleaner.job.Page;
import io.gleaner.store.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What workers count. */
public final class WorkerMetrics {

    private final MeterRegistry registry;
    private final Timer fetches;
    private final Timer extractions;
    private final Timer settles;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fetches = Timer.builder("gleaner.fetch").register(registry);
        this.extractions = Timer.builder("gleaner.extract").register(registry);
        this.settles = Timer.builder("gleaner.settle").register(registry);
    }

    /** A step that may be interrupted. */
    interface Step<T> {
        T run() throws InterruptedException;
    }

    <T> T fetching(Step<T> step) throws InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        try {
            return step.run();
        } finally {
            sample.stop(fetches);
        }
    }

    <T> T extracting(Supplier<T> step) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return step.get();
        } finally {
            sample.stop(extractions);
        }
    }

    <T> T settling(Supplier<T> step) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return step.get();
        } finally {
            sample.stop(settles);
        }
    }

    void settled(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            registry.counter("gleaner.tasks", "verdict", word(verdict)).increment();
        }
    }

    /** What a task came to, in the words of the metrics. */
    static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Concluded concluded ->
                    switch (concluded.page()) {
                        case Page.Content content -> "content";
                        case Page.Fault fault -> fault.code().name().toLowerCase(Locale.ROOT);
                    };
            case Verdict.Retried retried -> "retried";
            case Verdict.Rescued rescued -> "rescued";
            case Verdict.Dropped dropped -> "dropped";
        };
    }
}
