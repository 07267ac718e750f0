package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.Signals;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.frontier.Urls;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.JobState;
import io.gleaner.job.SitemapMode;
import io.gleaner.loop.Loop;
import io.gleaner.maintenance.Maintenance;
import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.Days;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.TestStore;
import io.gleaner.testing.TestSite;
import io.gleaner.worker.WorkerConfig;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is thrown wherever in a worker: every job ends, and nothing is held for ever. */
final class PlantedBugsIT {

    private static final long SEED = 20261130;

    /** Of each seam; a thousand and more in all. */
    private static final int BUGS_EACH = 60;

    private static final int HOSTS = 6;
    private static final Duration LONG = Duration.ofMinutes(4);

    private final BugMeters meters = new BugMeters(SEED, BUGS_EACH);
    private final TestSite site = TestSite.start("0.0.0.0");
    private final TestStore store =
            new TestStore(SubmitConfig.standard(), TestDatabase.shared().fresh(), meters);
    private final Signals signals = new Signals();
    private final List<Job> jobs = new ArrayList<>();
    private int submitted;

    @Test
    void aThousandBugsAtEverySeamLeaveNothingBehind() throws Exception {
        signals.relayTo(new ThrowingRelay());
        Limits limits = limits();
        try (var bench = new WorkerOnStore(store, limits, signals, meters);
                var _ = startMaintenance(limits)) {
            meters.arm();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(
                            () -> {
                                submitMore();
                                assertThat(meters.left()).isEmpty();
                            });
            await().atMost(LONG).until(() -> running() == 0);
            await().atMost(LONG).until(() -> store.count("SELECT count(*) FROM task") == 0);
            await().atMost(LONG)
                    .until(
                            () ->
                                    store.count(
                                                    "SELECT count(*) FROM host WHERE lease_owner IS"
                                                            + " NOT NULL OR in_hand <> '{}'")
                                            == 0);
            store.requireTruth();
            await().atMost(LONG).until(bench::isIdle);
            assertThat(bench.budgets.bodies().usedBytes()).isZero();
            assertThat(bench.budgets.pages().usedBytes()).isZero();
            assertThat(bench.budgets.trees().usedBytes()).isZero();
            for (int host = 1; host <= HOSTS; host++) {
                assertThat(bench.steps.paces().of(host(host)).view().inFlight()).isZero();
            }
            await().atMost(LONG).until(() -> Loop.failing(meters).isEmpty());

            Job last = submit(urls(1), 1);
            await().atMost(LONG).until(() -> store.job(last).state() == JobState.COMPLETED);
        } finally {
            store.close();
            site.close();
        }
    }

    /** So many as are missing now: they may end faster than they are submitted. */
    private void submitMore() {
        for (long missing = 12 - running(); missing > 0; missing--) {
            int n = submitted++;
            int host = 1 + n % HOSTS;
            jobs.add(n % 3 == 0 ? crawl(host, n) : submit(urls(host), n));
            if (n % 7 == 6) {
                store.jobs.cancel(jobs.get(jobs.size() - 2).id());
            }
        }
    }

    private long running() {
        return store.count("SELECT count(*) FROM job WHERE state = 'RUNNING'");
    }

    private List<Candidate> urls(int host) {
        return IntStream.range(0, 40)
                .mapToObj(
                        i ->
                                Urls.candidate(
                                        "http://%s/graph/40/%d".formatted(host(host), i), 0, false))
                .toList();
    }

    private Job submit(List<Candidate> urls, int n) {
        return store.submit(spec(JobKind.URLS, null, n), urls);
    }

    private Job crawl(int host, int n) {
        String seed = "http://%s/graph/30/0".formatted(host(host));
        var crawl =
                new CrawlSpec(
                        URI.create(seed),
                        30,
                        10,
                        List.of(),
                        List.of(),
                        SitemapMode.INCLUDE,
                        false,
                        false,
                        false);
        return store.submit(spec(JobKind.CRAWL, crawl, n), List.of(Urls.candidate(seed, 0, false)));
    }

    private static JobSpec spec(JobKind kind, @Nullable CrawlSpec crawl, int n) {
        FetchSpec fetch = FetchSpec.standard();
        var cached =
                new FetchSpec(
                        fetch.headers(),
                        fetch.timeout(),
                        fetch.respectRobots(),
                        n % 2 == 0 ? Duration.ofMinutes(5) : Duration.ZERO);
        return new JobSpec(kind, crawl, ContentSpec.standard(), cached, JobSpec.PRIORITY_DEFAULT);
    }

    private String host(int n) {
        return "127.5.0.%d:%d".formatted(n, site.port());
    }

    private Maintenance startMaintenance(Limits limits) {
        return Maintenance.start(
                new Maintenance.Needs(
                        store.workers,
                        store.sweep,
                        new Days(store.database.maintenance(), InstantSource.system()),
                        Optional.empty(),
                        signals,
                        meters),
                Period.ofDays(30),
                limits.worker().staleAfter(),
                Duration.ofMillis(100));
    }

    /** Hands stay small and hosts are left alone for moments only, so that much happens. */
    private static Limits limits() {
        WorkerConfig worker = WorkerConfig.standard();
        return new Limits(
                new WorkerConfig(
                        32,
                        100,
                        8,
                        worker.attemptsMax(),
                        worker.refusalsMax(),
                        worker.holdMax(),
                        Duration.ofMillis(300),
                        worker.failurePatience(),
                        worker.throttlePatience(),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        worker.staleAfter(),
                        worker.drain()),
                PolitenessConfig.standard(),
                FetchConfig.standard());
    }

    private final class ThrowingRelay implements Signals.Relay {
        @Override
        public void workAdded() {
            meters.pass(BugMeters.SIGNAL);
        }

        @Override
        public void topicChanged(int topic) {
            meters.pass(BugMeters.SIGNAL);
        }
    }
}
