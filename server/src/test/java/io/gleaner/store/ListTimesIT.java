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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static final PageFilter TIMEOUTS = faults(FaultCode.TIMEOUT, false);

    /** What is asked, and how many it finds. */
    private enum Asked {
        ALL(PageFilter.ALL, PAGES),
        NEWEST(new PageFilter(null, null, null, null, null, true), PAGES),
        CONTENT(PageFilter.CONTENT, PAGES - PAGES / 1_000 - PAGES / 10_000),
        FAULTS(PageFilter.FAULTS, PAGES / 1_000 + PAGES / 10_000),
        FAULTS_NEWEST(
                new PageFilter(Outcome.FAULT, null, null, null, null, true),
                PAGES / 1_000 + PAGES / 10_000),
        TIMEOUT(TIMEOUTS, PAGES / 10_000),
        TIMEOUT_NEWEST(faults(FaultCode.TIMEOUT, true), PAGES / 10_000),
        NO_SUCH_FAULT(faults(FaultCode.DNS_FAILURE, false), 0),
        NOT_FOUND(new PageFilter(null, null, 404, null, null, false), PAGES / 1_000),
        OK(
                new PageFilter(null, null, 200, null, null, true),
                PAGES - PAGES / 1_000 - PAGES / 10_000),
        NO_SUCH_STATUS(new PageFilter(null, null, 418, null, null, false), 0),
        BY_URL(
                new PageFilter(null, null, null, "https://a.example/77/", null, false),
                PAGES / 1_000),
        BY_URL_AND_STATUS(
                new PageFilter(null, null, 404, "https://a.example/0/", null, false),
                PAGES / 1_000),
        NO_SUCH_URL(new PageFilter(null, null, null, "https://b.example/", null, false), 0);

        private final PageFilter filter;
        private final int found;

        Asked(PageFilter filter, int found) {
            this.filter = filter;
            this.found = found;
        }
    }

    private static PageFilter faults(FaultCode code, boolean newest) {
        return new PageFilter(null, code, null, null, null, newest);
    }

    @ParameterizedTest
    @EnumSource
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
