package io.gleaner.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.FaultCode;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.PageFilter.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of a large job and of many jobs, and how long they take: the median of many, as it is
 * printed. With {@code -Dgleaner.lists.pages=1000000} at the size that is promised.
 */
class ListTimesIT {

    private static final int PAGES = Integer.getInteger("gleaner.lists.pages", 50_000);
    private static final int JOBS = 10_000;
    private static final int ROUNDS = 40;

    /** So many times what is promised: other work is done on the machine of a test. */
    private static final Duration MOST = Duration.ofMillis(100);

    private static TestStore store;
    private static UUID job;

    @BeforeAll
    static void fill() {
        store = new TestStore();
        job = JobIds.next(Instant.now());
        store.execute(
                """
                INSERT INTO job (id, state, spec, priority, page_limit, total, pending, done, next_rank,
                                 job_kind, job_name, job_tags)
                SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n), 12, '0') || '7000'
                        || '8' || lpad(to_hex(n), 15, '0'))::uuid,
                       CASE n %% 100 WHEN 0 THEN 'RUNNING' ELSE 'COMPLETED' END, '%s'::jsonb, 5, 1, 1, 1, 0, 1,
                       CASE n %% 3 WHEN 0 THEN 'CRAWL' ELSE 'URLS' END, 'job ' || n,
                       CASE n %% 1000 WHEN 7 THEN '["rare", "shop"]' ELSE '["shop"]' END::jsonb
                FROM generate_series(1, %d) n
                """
                        .formatted(Json.write(TestStore.spec(5)), JOBS));
        // One page in a thousand is not found, one in ten thousand is a timeout.
        store.execute(
                """
                INSERT INTO page (job_id, seq, url, fault, status, fetched_at, meta, content)
                SELECT '%s', n, 'https://a.example/' || n %% 1000 || '/page/' || n,
                       CASE WHEN n %% 10000 = 1 THEN 'TIMEOUT' WHEN n %% 1000 = 0 THEN 'HTTP_CLIENT_ERROR'
                       END,
                       CASE WHEN n %% 10000 = 1 THEN NULL WHEN n %% 1000 = 0 THEN 404 ELSE 200 END, now(),
                       '{"depth": 1}', NULL
                FROM generate_series(1, %d) n
                """
                        .formatted(job, PAGES));
        store.execute("VACUUM ANALYZE page");
        store.execute("VACUUM ANALYZE job");
    }

    @AfterAll
    static void close() {
        store.close();
    }

    /**
     * What is asked, and how many it finds.
     *
     * @param name in the table of times
     */
    record Asked(String name, PageFilter filter, int found) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Asked> asked() {
        int missing = PAGES / 1_000;
        int late = PAGES / 10_000;
        int content = PAGES - missing - late;
        return Stream.of(
                new Asked("all", PageFilter.ALL, PAGES),
                new Asked("newest", filter(null, null, null, null, true), PAGES),
                new Asked("content", PageFilter.CONTENT, content),
                new Asked("faults", PageFilter.FAULTS, missing + late),
                new Asked(
                        "newest faults",
                        filter(Outcome.FAULT, null, null, null, true),
                        missing + late),
                new Asked("timeouts", faults(FaultCode.TIMEOUT, false), late),
                new Asked("newest timeouts", faults(FaultCode.TIMEOUT, true), late),
                new Asked("no such fault", faults(FaultCode.DNS_FAILURE, false), 0),
                new Asked("404", filter(null, null, 404, null, false), missing),
                new Asked("200", filter(null, null, 200, null, true), content),
                new Asked("no such status", filter(null, null, 418, null, false), 0),
                new Asked(
                        "by URL",
                        filter(null, null, null, "https://a.example/77/", false),
                        missing),
                new Asked(
                        "by URL and status",
                        filter(null, null, 404, "https://a.example/0/", false),
                        missing),
                new Asked("no such URL", filter(null, null, null, "https://b.example/", false), 0));
    }

    private static PageFilter faults(FaultCode code, boolean newest) {
        return filter(null, code, null, null, newest);
    }

    @SuppressWarnings("NullAway") // It does not see that the nested type may be null.
    private static PageFilter filter(
            @Nullable Outcome outcome,
            @Nullable FaultCode fault,
            @Nullable Integer status,
            @Nullable String urlPrefix,
            boolean newest) {
        return new PageFilter(outcome, fault, status, urlPrefix, null, newest);
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aLargeJobsPagesAreFoundAndCounted(Asked asked) {
        assertThat(store.pages.find(job, asked.filter, 0, 100)).hasSize(Math.min(100, asked.found));
        assertThat(store.pages.count(job, asked.filter))
                .isEqualTo(Math.min(PageSearch.COUNTED_MAX, asked.found));
        quick("pages " + asked, () -> store.pages.find(job, asked.filter, 0, 100));
        quick(
                "pages " + asked + " from the middle",
                () -> store.pages.find(job, asked.filter, PAGES / 2, 100));
        quick("count " + asked, () -> store.pages.count(job, asked.filter));
    }

    @Test
    void aLargeJobsFaultsAreCountedByKind() {
        assertThat(store.pages.faults(job))
                .isEqualTo(
                        Map.of(
                                FaultCode.TIMEOUT,
                                PAGES / 10_000,
                                FaultCode.HTTP_CLIENT_ERROR,
                                PAGES / 1_000));
        quick("faults by kind", () -> store.pages.faults(job));
    }

    @Test
    void manyJobsAreFoundAndCounted() {
        Map<String, JobFilter> filters = new LinkedHashMap<>();
        filters.put("jobs", JobFilter.of(null));
        filters.put("jobs running", JobFilter.of(JobState.RUNNING));
        filters.put("jobs oldest", jobs(null, null, null, null, true));
        filters.put("jobs crawl", jobs(null, JobKind.CRAWL, null, null, false));
        filters.put("jobs named", jobs(null, null, "JOB 9999", null, false));
        filters.put("jobs tagged", jobs(null, null, null, "shop", false));
        filters.put("jobs rarely tagged", jobs(JobState.COMPLETED, null, "job", "rare", false));
        filters.put("jobs of no such tag", jobs(null, null, null, "none", false));
        filters.forEach(
                (name, filter) -> {
                    quick(name, () -> store.jobs.search(Tenant.MAIN, filter, null, 50));
                    quick("count " + name, () -> store.jobs.count(Tenant.MAIN, filter));
                });
        assertThat(
                        store.jobs.search(
                                Tenant.MAIN, requireNonNull(filters.get("jobs named")), null, 50))
                .hasSize(1);
        assertThat(store.jobs.count(Tenant.MAIN, requireNonNull(filters.get("jobs rarely tagged"))))
                .isEqualTo(10);
        assertThat(store.jobs.count(Tenant.MAIN, requireNonNull(filters.get("jobs tagged"))))
                .isEqualTo(JOBS);
    }

    private static JobFilter jobs(
            @Nullable JobState state,
            @Nullable JobKind kind,
            @Nullable String name,
            @Nullable String tag,
            boolean oldest) {
        return new JobFilter(state, kind, name, tag, null, null, oldest);
    }

    private static void quick(String what, Runnable asked) {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            asked.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        Duration median = Duration.ofNanos(nanos[ROUNDS / 2]);
        System.out.printf("%-40s %6.2f ms%n", what, nanos[ROUNDS / 2] / 1e6);
        assertThat(median).as(what).isLessThan(MOST);
    }
}
