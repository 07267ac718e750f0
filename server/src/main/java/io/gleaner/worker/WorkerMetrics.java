package io.gleaner.worker;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.store.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What workers count. */
public final class WorkerMetrics {

    private static final String CONTENT = "content";
    private static final String RETRIED = "retried";
    private static final String RESCUED = "rescued";
    private static final String DROPPED = "dropped";

    private final MeterRegistry registry;
    private final Timer fetches;
    private final Timer extractions;
    private final Timer settles;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fetches = Timer.builder("gleaner.fetch").register(registry);
        this.extractions = Timer.builder("gleaner.extract").register(registry);
        this.settles = Timer.builder("gleaner.settle").register(registry);
        // From the beginning: Prometheus sees no increase in a counter that was not there before.
        Stream.concat(
                        Stream.of(CONTENT, RETRIED, RESCUED, DROPPED),
                        Stream.of(FaultCode.values()).map(WorkerMetrics::word))
                .forEach(this::tasks);
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
            tasks(word(verdict)).increment();
        }
    }

    private Counter tasks(String word) {
        return registry.counter("gleaner.tasks", "verdict", word);
    }

    /** What a task came to, in the words of the metrics. */
    static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Concluded concluded ->
                    switch (concluded.page()) {
                        case Page.Content content -> CONTENT;
                        case Page.Fault fault -> word(fault.code());
                    };
            case Verdict.Retried retried -> RETRIED;
            case Verdict.Rescued rescued -> RESCUED;
            case Verdict.Dropped dropped -> DROPPED;
        };
    }

    private static String word(FaultCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
