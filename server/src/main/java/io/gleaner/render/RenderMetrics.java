package io.gleaner.render;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What rendering counts. */
final class RenderMetrics {

    private final Timer pages;
    private final Counter starts;
    private final Counter lost;
    private final AtomicInteger waiting = new AtomicInteger();

    RenderMetrics(MeterRegistry registry) {
        this.pages =
                Timer.builder("gleaner.render")
                        .description("Pages taken to the browser, whatever came of them")
                        .register(registry);
        this.starts =
                Counter.builder("gleaner.render.browser.starts")
                        .description("Browsers started")
                        .register(registry);
        this.lost =
                Counter.builder("gleaner.render.pages.lost")
                        .description("Pages whose process, or browser, ended under them")
                        .register(registry);
        Gauge.builder("gleaner.render.backlog", waiting, AtomicInteger::get)
                .description("Pages that wait for a tab or have one")
                .register(registry);
    }

    void wanted(int more) {
        waiting.addAndGet(more);
    }

    void started() {
        starts.increment();
    }

    void lost() {
        lost.increment();
    }

    void rendered(Duration time) {
        pages.record(time);
    }
}
