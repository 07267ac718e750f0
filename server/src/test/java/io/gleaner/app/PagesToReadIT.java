package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.gleaner.cache.Signals;
import io.gleaner.frontier.Urls;
import io.gleaner.job.Job;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.TestStore;
import io.gleaner.testing.TestSite;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that have been fetched and wait to be read, while the threads that read are taken. */
@Timeout(300)
final class PagesToReadIT {

    private static final int READ_AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final Duration LONG = Duration.ofMinutes(2);

    private final LongExtractions meters = new LongExtractions();
    private final TestSite site =
            TestSite.start("0.0.0.0").route("/page", (_, out) -> out.html("<p>words"));
    private final TestStore store =
            new TestStore(SubmitConfig.standard(), TestDatabase.shared().fresh(), meters);

    @Test
    void theyKeepNoFetchAndAreNotReadOnceTheirJobIsCancelled() {
        try (var bench =
                new WorkerOnStore(
                        store,
                        RunningService.limits(1, 100, 8, Duration.ofMillis(200)),
                        new Signals(),
                        meters)) {
            List<Job> held = new ArrayList<>();
            for (int n = 1; n <= READ_AT_ONCE; n++) {
                held.add(submit(n));
                await().atMost(LONG).untilAtomic(meters.extracted, equalTo(n));
            }
            Job waiting = submit(READ_AT_ONCE + 1);
            await().atMost(LONG).until(() -> site.requests("/page") > READ_AT_ONCE);
            store.jobs.cancel(waiting.id());
            await().atMost(LONG).until(() -> bench.worker.cancelledJobs() > 0);

            meters.letGo();
            await().atMost(LONG).until(() -> store.count("SELECT count(*) FROM task") == 0);
            assertThat(held)
                    .allSatisfy(
                            job ->
                                    assertThat(store.job(job).state())
                                            .isEqualTo(JobState.COMPLETED));
            assertThat(meters.extracted).hasValue(READ_AT_ONCE);
        } finally {
            meters.letGo();
            store.close();
            site.close();
        }
    }

    private Job submit(int host) {
        String url = "http://127.6.0.%d:%d/page".formatted(host, site.port());
        return store.submit(
                TestStore.spec(JobSpec.PRIORITY_DEFAULT), List.of(Urls.candidate(url, 0, false)));
    }

    /** A page that has been extracted stays in its thread until it is let go. */
    private static final class LongExtractions extends SimpleMeterRegistry {

        final AtomicInteger extracted = new AtomicInteger();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();

        void letGo() {
            boolean _ = end.complete(true);
        }

        @Override
        protected Timer newTimer(
                Meter.Id id, DistributionStatisticConfig statistic, PauseDetector pauses) {
            return id.getName().equals("gleaner.extract")
                    ? new LongTimer(id, statistic, pauses)
                    : super.newTimer(id, statistic, pauses);
        }

        private final class LongTimer extends CumulativeTimer {

            LongTimer(Meter.Id id, DistributionStatisticConfig statistic, PauseDetector pauses) {
                super(
                        id,
                        Clock.SYSTEM,
                        statistic.merge(DistributionStatisticConfig.DEFAULT),
                        pauses,
                        TimeUnit.SECONDS,
                        false);
            }

            @Override
            protected void recordNonNegative(long amount, TimeUnit unit) {
                super.recordNonNegative(amount, unit);
                extracted.incrementAndGet();
                end.join();
            }
        }
    }
}
