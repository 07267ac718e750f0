package io.gleaner.perf.bench;

import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.Task;
import io.gleaner.seal.Sealer;
import io.gleaner.store.Backlog;
import io.gleaner.store.Days;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostQueues;
import io.gleaner.store.HostRelease;
import io.gleaner.store.LeasedTask;
import io.gleaner.store.SeedSource;
import io.gleaner.store.Settlement;
import io.gleaner.store.Submissions;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Submits, leases, settles and releases with the product's own store classes, and makes up the
 * pages between: what the queue costs without any fetch.
 */
public final class StoreWork {

    private static final Duration COUNT_STALE = Duration.ofSeconds(2);

    private final UUID worker = UUID.randomUUID();
    private final Database database;
    private final HostQueues queues;
    private final Settlement settlement;
    private final PageText text;
    private final Backlog backlog;
    private Instant later = Instant.EPOCH;

    /**
     * @param pageBytes of the Markdown that is made of each task
     */
    public StoreWork(Database database, int pageBytes) {
        this.database = database;
        this.queues = new HostQueues(database.work());
        this.settlement = new Settlement(database.work());
        this.text = new PageText(pageBytes);
        this.backlog =
                new Backlog(database.requests(), SubmitConfig.standard().backlogMax(), () -> later);
    }

    /** Brings the schema up to date. */
    public static Database open(String url, int connections) {
        var config = DatabaseConfig.of(url, "", "").withConnections(connections);
        Database database = Database.open(config, new SimpleMeterRegistry());
        new Days(database.maintenance(), InstantSource.system()).prepare();
        return database;
    }

    /** One crawl that begins with these. */
    public void submit(List<Candidate> seeds) {
        var spec =
                new JobSpec(
                        JobKind.CRAWL,
                        CrawlSpec.of(URI.create(seeds.getFirst().url())),
                        ContentSpec.standard(),
                        FetchSpec.standard(),
                        JobSpec.PRIORITY_DEFAULT);
        var config = SubmitConfig.standard();
        var clock = InstantSource.system();
        var backlog = new Backlog(database.requests(), config.backlogMax(), clock);
        try (var submissions =
                new Submissions(database.requests(), backlog, config, Sealer.none(), clock)) {
            submissions.submit(spec, SeedSource.of(seeds), null);
        }
    }

    /** A URL that nobody has had before. */
    public static Candidate candidate(String host, int depth) {
        UUID key = UUID.randomUUID();
        return new Candidate("http://%s/%s".formatted(host, key), host, key, depth);
    }

    public List<HostLease> lease(int hosts, int tasksEach) {
        return queues.lease(worker, hosts, tasksEach);
    }

    /**
     * A page for each task.
     *
     * @param outlinks whether each leads to one new task of its host
     */
    public List<Verdict> conclude(List<HostLease> leases, boolean outlinks) {
        var verdicts = new ArrayList<Verdict>();
        for (HostLease lease : leases) {
            for (LeasedTask leased : lease.tasks()) {
                List<Candidate> links = outlinks ? List.of(candidate(lease.host(), 1)) : List.of();
                verdicts.add(concluded(lease, leased.task(), links));
            }
        }
        return verdicts;
    }

    private Verdict concluded(HostLease lease, Task task, List<Candidate> links) {
        Map<String, @Nullable Object> parts = new HashMap<>();
        parts.put("task", task);
        parts.put("host", lease.host());
        parts.put("lease", StoreRecords.part(lease, "lease"));
        parts.put("page", page(task));
        parts.put("outlinks", links);
        return StoreRecords.make(Verdict.Concluded.class, parts);
    }

    private Page page(Task task) {
        var content =
                new PageContent(
                        text.of(task.id()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of("title", task.url()),
                        null);
        return new Page.Content(
                task.url(), task.url(), 200, Instant.now(), task.depth(), "text/html", content);
    }

    /** Counts the backlog, as each process that takes submissions does once a second. */
    public long count() {
        later = later.plus(COUNT_STALE);
        return backlog.tasks();
    }

    public void settle(List<Verdict> batch) {
        settlement.settle(batch);
    }

    public void release(List<HostLease> leases) {
        queues.release(worker, leases.stream().map(StoreWork::released).toList());
    }

    private static HostRelease released(HostLease lease) {
        Map<String, @Nullable Object> parts = new HashMap<>();
        parts.put("hostId", lease.hostId());
        parts.put("lease", StoreRecords.part(lease, "lease"));
        parts.put("crawlDelay", lease.crawlDelay());
        return StoreRecords.make(HostRelease.class, parts);
    }
}
