package io.gleaner.worker;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.store.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What workers count. */
public final class WorkerMetrics {

    private static final String CONTENT = "content";
    private static final String RETRIED = "retried";
    private static final String RESCUED = "rescued";
    private static final String DROPPED = "dropped";
    private static final String DEFERRED = "deferred";
    private static final String FOR_BROWSER = "for_browser";

    private final MeterRegistry registry;
    private final Timer fetches;
    private final Timer renders;
    private final Timer extractions;
    private final Timer settles;
    private final Timer permissions;
    private final Timer lookups;
    private final Timer expansions;
    private final Timer refills;
    private final Timer releases;

    public WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fetches =
                Timer.builder("gleaner.fetch").description("Time of fetches").register(registry);
        this.renders =
                Timer.builder("gleaner.render.step")
                        .description("Time of pages in the browser, as the worker sees it")
                        .register(registry);
        pages(true);
        pages(false);
        this.extractions =
                Timer.builder("gleaner.extract")
                        .description("Time of extractions")
                        .register(registry);
        this.settles =
                Timer.builder("gleaner.settle")
                        .description("Time of settling a batch")
                        .register(registry);
        this.permissions =
                Timer.builder("gleaner.permission")
                        .description("Time until robots.txt is known")
                        .register(registry);
        this.lookups =
                Timer.builder("gleaner.lookup")
                        .description("Time of looking a page up that was fetched before")
                        .register(registry);
        this.expansions =
                Timer.builder("gleaner.outlinks")
                        .description("Time of finding what the links of a page lead to")
                        .register(registry);
        this.refills =
                Timer.builder("gleaner.refill")
                        .description("Time of asking for more tasks of a host")
                        .register(registry);
        this.releases =
                Timer.builder("gleaner.release")
                        .description("Time of handing host queues back")
                        .register(registry);
        // From the beginning: Prometheus sees no increase in a counter that was not there before.
        Stream.concat(
                        Stream.of(CONTENT, RETRIED, DEFERRED, RESCUED, DROPPED),
                        Stream.of(FaultCode.values()).map(WorkerMetrics::word))
                .forEach(this::tasks);
    }

    /**
     * A step of a task's path.
     *
     * @param <E> what it may throw: {@code InterruptedException}, or nothing that is checked
     */
    interface Step<T, E extends Exception> {
        T run() throws E;
    }

    <T, E extends Exception> T permitting(Step<T, E> step) throws E {
        return timed(permissions, step);
    }

    <T, E extends Exception> T lookingUp(Step<T, E> step) throws E {
        return timed(lookups, step);
    }

    <T, E extends Exception> T fetching(Step<T, E> step) throws E {
        return timed(fetches, step);
    }

    <T, E extends Exception> T rendering(Step<T, E> step) throws E {
        return timed(renders, step);
    }

    /** A page was read. */
    void page(boolean rendered) {
        pages(rendered).increment();
    }

    private Counter pages(boolean rendered) {
        return Counter.builder("gleaner.pages")
                .description("Pages that were read")
                .tag("rendered", Boolean.toString(rendered))
                .register(registry);
    }

    <T, E extends Exception> T extracting(Step<T, E> step) throws E {
        return timed(extractions, step);
    }

    <T, E extends Exception> T expanding(Step<T, E> step) throws E {
        return timed(expansions, step);
    }

    <T, E extends Exception> T settling(Step<T, E> step) throws E {
        return timed(settles, step);
    }

    <T, E extends Exception> T refilling(Step<T, E> step) throws E {
        return timed(refills, step);
    }

    void releasing(Runnable step) {
        boolean _ =
                timed(
                        releases,
                        () -> {
                            step.run();
                            return true;
                        });
    }

    private <T, E extends Exception> T timed(Timer timer, Step<T, E> step) throws E {
        Timer.Sample sample = Timer.start(registry);
        try {
            return step.run();
        } finally {
            sample.stop(timer);
        }
    }

    MeterRegistry registry() {
        return registry;
    }

    void settled(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            tasks(word(verdict)).increment();
        }
    }

    private Counter tasks(String word) {
        return Counter.builder("gleaner.tasks")
                .description("What tasks came to")
                .tag("verdict", word)
                .register(registry);
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
            case Verdict.Deferred deferred -> DEFERRED;
            case Verdict.Rescued rescued -> RESCUED;
            case Verdict.ForBrowser needing -> FOR_BROWSER;
            case Verdict.Dropped dropped -> DROPPED;
        };
    }

    private static String word(FaultCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
