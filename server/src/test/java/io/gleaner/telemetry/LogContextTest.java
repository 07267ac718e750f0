package io.gleaner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.gleaner.job.Task;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogContextTest {

    private static final UUID WORKER = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
    private static final UUID JOB = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad92");
    private static final Task TASK = new Task(7, 1, JOB, "http://127.0.0.1/a", 0, 1, 0, 0);

    @AfterEach
    void nothingIsLeftOfAnyContext() {
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void closingBringsBackWhatStoodBefore() {
        try (var _ = LogContext.worker(WORKER)) {
            try (var _ = LogContext.task(WORKER, TASK)) {
                assertThat(MDC.getCopyOfContextMap())
                        .isEqualTo(
                                Map.of(
                                        "worker",
                                        WORKER.toString(),
                                        "job",
                                        JOB.toString(),
                                        "task",
                                        "7",
                                        "url",
                                        "http://127.0.0.1/a"));
            }
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("worker", WORKER.toString()));
        }
    }

    @Test
    void aJobThatBecomesKnownGoesWithItsRequest() {
        try (var _ = LogContext.request("1f")) {
            LogContext.addJob(JOB);
            assertThat(text()).isEqualTo(" [request=1f job=" + JOB + "]");
        }
        assertThat(text()).isEmpty();
    }

    @Test
    void aPersonReadsTheTaskWithTheFirstLettersOfItsWorker() {
        try (var _ = LogContext.task(WORKER, TASK)) {
            assertThat(text())
                    .isEqualTo(" [worker=0190163d job=" + JOB + " task=7 url=http://127.0.0.1/a]");
        }
    }

    @Test
    void aThreadDoesNotInheritTheContext() throws InterruptedException {
        try (var _ = LogContext.worker(WORKER)) {
            var inherited = new AtomicReference<Map<String, String>>();
            Thread.ofVirtual().start(() -> inherited.set(MDC.getCopyOfContextMap())).join();
            assertThat(inherited.get()).isNullOrEmpty();
        }
    }

    private static String text() {
        var event = new LoggingEvent();
        event.setLoggerContext((LoggerContext) LoggerFactory.getILoggerFactory());
        return new ContextConverter().convert(event);
    }
}
