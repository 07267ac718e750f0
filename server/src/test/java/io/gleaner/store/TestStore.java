package io.gleaner.store;

import io.gleaner.bodies.Bodies;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FaultCode;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.SitemapMode;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.seal.Sealer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The whole store over a new, empty, real database. */
public final class TestStore implements AutoCloseable {

    private static final int RESCUES_MAX = 2;

    /** One for all stores, as the processes of an installation share one. */
    public static final String SECRET_KEY = Sealer.newKey();

    private static final Sealer SEALER = Sealer.of(SECRET_KEY);
    static final int SUSPECTS_MAX = 4;

    public final TestDatabase.Access access;
    public final MeterRegistry metrics;
    public final Database database;
    public final Backlog backlog;
    public final Submissions submissions;
    public final Jobs jobs;
    public final Pages pages;
    public final Hosts hosts;
    public final HostQueues queues;
    public final Settlement settlement;
    public final Workers workers;
    public final Sweep sweep;
    private final Jdbi jdbi;

    public TestStore() {
        this(SubmitConfig.standard());
    }

    public TestStore(SubmitConfig submit) {
        this(submit, TestDatabase.shared().fresh());
    }

    /** Over a database that may hold something already. */
    public TestStore(SubmitConfig submit, TestDatabase.Access access) {
        this(submit, access, new SimpleMeterRegistry());
    }

    public TestStore(SubmitConfig submit, TestDatabase.Access access, MeterRegistry metrics) {
        this.access = access;
        this.metrics = metrics;
        database =
                Database.open(
                        DatabaseConfig.of(access.url(), access.user(), access.password()), metrics);
        new Days(database.maintenance(), InstantSource.system()).prepare();
        jdbi = Jdbi.create(access.url(), access.user(), access.password());
        var requests = database.requests();
        backlog = new Backlog(requests, submit.backlogMax(), InstantSource.system());
        submissions = new Submissions(requests, backlog, submit, SEALER, InstantSource.system());
        jobs = new Jobs(requests, SEALER);
        pages = new Pages(requests, new Bodies(null));
        hosts = new Hosts(requests);
        queues = new HostQueues(database.work());
        settlement = new Settlement(database.work());
        workers =
                new Workers(
                        database.maintenance(),
                        settlement,
                        RESCUES_MAX,
                        SUSPECTS_MAX,
                        InstantSource.system());
        sweep = new Sweep(database.maintenance());
    }

    @Override
    public void close() {
        submissions.close();
        database.close();
    }

    /** A job of pages 0 .. n-1 of one host. */
    public Job submit(String host, int n) {
        return submit(
                IntStream.range(0, n)
                        .mapToObj(i -> candidate("http://%s/%d".formatted(host, i), host, 0))
                        .toList());
    }

    public Job submit(List<Candidate> seeds) {
        return accepted(submissions.submit(spec(5), SeedSource.of(seeds), null));
    }

    public Job submit(JobSpec spec, List<Candidate> seeds) {
        return accepted(submissions.submit(spec, SeedSource.of(seeds), null));
    }

    public Job crawl(String host, int limit) {
        var crawl =
                new CrawlSpec(
                        URI.create("http://" + host + "/"),
                        limit,
                        10,
                        List.of(),
                        List.of(),
                        SitemapMode.SKIP,
                        false,
                        false,
                        false);
        var spec =
                new JobSpec(JobKind.CRAWL, crawl, ContentSpec.standard(), FetchSpec.standard(), 5);
        return accepted(
                submissions.submit(
                        spec,
                        SeedSource.of(List.of(candidate("http://" + host + "/", host, 0))),
                        null));
    }

    public Job job(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    /** A connection of its own, for what another process might do meanwhile. */
    Handle open() {
        return jdbi.open();
    }

    /** One number out of the database, asked on a connection of its own. */
    public long count(String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** On a connection of its own. */
    public void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    /** Checks what must hold whenever nothing is in flight. */
    public void requireTruth() {
        requireNone(
                "a job's counters differ from its rows",
                """
                SELECT count(*) FROM job
                WHERE done <> (SELECT count(*) FROM page WHERE job_id = job.id)
                   OR failed <> (SELECT count(*) FROM page WHERE job_id = job.id AND fault IS NOT NULL)
                   OR (state = 'RUNNING'
                       AND pending <> (SELECT count(*) FROM task WHERE job_id = job.id))
                   OR (state <> 'CANCELLED' AND total <> pending + done)
                """);
        requireNone(
                "a seq is not dense",
                """
                SELECT count(*) FROM (
                    SELECT seq, row_number() OVER (PARTITION BY job_id ORDER BY seq) AS n FROM page
                ) p WHERE seq <> n
                """);
        requireNone(
                "a backlog differs from its rows",
                """
                SELECT count(*) FROM host
                WHERE backlog <> (SELECT count(*) FROM task WHERE host_id = host.id)
                   OR (ready_at IS NULL AND lease_owner IS NULL AND backlog > 0)
                """);
        requireNone(
                "the backlog differs from its rows",
                """
                SELECT (SELECT coalesce(sum(tasks), 0)::bigint FROM backlog_change)
                     - (SELECT count(*) FROM task)
                """);
        requireNone(
                "a URL has two pages",
                "SELECT count(*) FROM (SELECT 1 FROM page GROUP BY job_id, url HAVING count(*) > 1)"
                        + " p");
    }

    private void requireNone(String what, String sql) {
        long rows = count(sql);
        if (rows != 0) {
            throw new AssertionError("%s: %d rows".formatted(what, rows));
        }
    }

    public static JobSpec spec(int priority) {
        return new JobSpec(
                JobKind.URLS, null, ContentSpec.standard(), FetchSpec.standard(), priority);
    }

    public static Candidate candidate(String url, String host, int depth) {
        return new Candidate(
                url,
                host,
                UUID.nameUUIDFromBytes(url.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                depth);
    }

    public static Job accepted(SubmitOutcome outcome) {
        return ((SubmitOutcome.Accepted) outcome).job();
    }

    /** A verdict with a small page. */
    public static Verdict page(LeasedTask leased, Candidate... outlinks) {
        var content =
                new PageContent(
                        "# " + leased.task().url(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of("title", "a title"),
                        null);
        var page =
                new Page.Content(
                        leased.task().url(),
                        leased.task().url(),
                        200,
                        Instant.now(),
                        leased.task().depth(),
                        "text/html",
                        content);
        return new Verdict.Concluded(leased.task(), leased.lease(), page, List.of(outlinks));
    }

    public static Verdict fault(LeasedTask leased) {
        var page =
                new Page.Fault(
                        leased.task().url(),
                        FaultCode.HTTP_CLIENT_ERROR,
                        "404 \u0000",
                        404,
                        Instant.now(),
                        0,
                        1);
        return new Verdict.Concluded(leased.task(), leased.lease(), page, List.of());
    }
}
