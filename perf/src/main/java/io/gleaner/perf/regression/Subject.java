package io.gleaner.perf.regression;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.SubmitWorkload;
import io.gleaner.perf.load.ClosedLoop;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** One running build, and what can be measured of it. */
final class Subject {

    static final String SCRAPES = "scrapes/s";
    static final String SCRAPE_TIME = "scrape p50, ms";
    static final String READS = "status reads/s";
    static final String SETTLE = "settle of twice 256 tasks, ms";
    static final String CRAWL = "crawled pages/s";
    static final String SUBMISSIONS = "submissions/s";

    private static final String STATEMENTS = "gleaner_db_statement_seconds_count";
    private static final String ALLOCATED = "gleaner_jvm_allocated_bytes_total";
    private static final Duration CRAWL_LONGEST = Duration.ofMinutes(5);
    static final int SCRAPERS = 16;
    private static final int READERS = 64;
    private static final int SUBMITTERS = 256;
    private static final int SUBMITTED_HOSTS = 1_000;
    private static final int OK = 200;

    private final Target target;
    private final DatabaseAddress database;
    private final Site site;
    private final Api api;
    private final AtomicLong next = new AtomicLong();
    private String job = "";

    Subject(Target target, DatabaseAddress database, Site site) {
        this.target = target;
        this.database = database;
        this.site = site;
        this.api = new Api(target);
    }

    /** What is counted, from the start of the process or of the database server. */
    private record Counters(double statements, double allocated, double wal) {

        Counters since(Counters before) {
            return new Counters(
                    statements - before.statements, allocated - before.allocated, wal - before.wal);
        }

        void perUnit(Map<String, Double> figures, String unit, double count) {
            figures.put("SQL statements per " + unit, statements / count);
            figures.put("WAL bytes per " + unit, wal / count);
            figures.put("allocated bytes per " + unit, allocated / count);
        }
    }

    /** Each figure of one block. */
    Map<String, Double> measure(CompareSettings settings) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        scrape(settings.slice(), figures);
        read(settings.slice(), figures);
        crawl(settings.crawlPages(), figures);
        return figures;
    }

    /** Submit, fetch, extract, settle and answer, one page each. */
    void scrape(Duration time, Map<String, Double> figures) throws IOException {
        Counters before = counters();
        LoadResult result = new ClosedLoop(SCRAPERS, time).run(target, new Scrapes(), next);
        Counters used = counters().since(before);
        require(result);
        figures.put(SCRAPES, result.acceptedPerSecond());
        figures.put(SCRAPE_TIME, result.latency().p50Ms());
        used.perUnit(figures, "scrape", (double) result.accepted());
    }

    void read(Duration time, Map<String, Double> figures) throws IOException {
        if (job.isEmpty()) {
            job = api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(0)));
            api.awaitEnd(job, CRAWL_LONGEST);
        }
        Counters before = counters();
        LoadResult result =
                new ClosedLoop(READERS, time)
                        .run(
                                target,
                                new Reads(HttpRequest.get("/api/jobs/" + job, "")),
                                new AtomicLong());
        Counters used = counters().since(before);
        require(result);
        figures.put(READS, result.acceptedPerSecond());
        figures.put("allocated bytes per status read", used.allocated() / result.accepted());
    }

    void crawl(int pages, Map<String, Double> figures) throws IOException {
        Counters before = counters();
        JsonNode end =
                api.awaitEnd(
                        api.submit(
                                """
                                {"crawl":{"url":"%s","limit":%d,"maxDepth":1000,"sitemap":"skip","external":true}}\
                                """
                                        .formatted(site.url(0), pages)),
                        CRAWL_LONGEST);
        Counters used = counters().since(before);
        if (end.required("done").asLong() != pages || end.required("failed").asLong() > 0) {
            throw new BenchException("a crawl of %d pages came to %s".formatted(pages, end));
        }
        Duration took =
                Duration.between(
                        Instant.parse(end.required("createdAt").asString()),
                        Instant.parse(end.required("finishedAt").asString()));
        figures.put(CRAWL, pages / (took.toNanos() / 1e9));
        used.perUnit(figures, "crawled page", pages);
    }

    /** Of one URL each, as many as it takes; for a service without a worker. */
    static double submissions(Service service, Duration time, AtomicLong next) throws IOException {
        LoadResult result =
                new ClosedLoop(SUBMITTERS, time)
                        .run(service.target(), new SubmitWorkload(SUBMITTED_HOSTS), next);
        require(result);
        return result.acceptedPerSecond();
    }

    private static void require(LoadResult result) {
        if (result.accepted() == 0 || result.lost() > 0) {
            throw new BenchException(
                    "%d requests had no right answer: %s"
                            .formatted(result.lost(), result.statuses()));
        }
    }

    private Counters counters() throws IOException {
        Map<String, Double> metrics = api.metrics();
        double statements =
                metrics.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith(STATEMENTS))
                        .mapToDouble(Map.Entry::getValue)
                        .sum();
        return new Counters(statements, metrics.getOrDefault(ALLOCATED, 0.0), wal());
    }

    private double wal() {
        try (Connection connection = DriverManager.getConnection(database.url());
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(),"
                                                + " '0/0')")) {
            rows.next();
            return rows.getDouble(1);
        } catch (SQLException e) {
            throw new BenchException("the database does not say how much it has logged", e);
        }
    }

    private final class Scrapes implements Workload {
        @Override
        public byte[] request(long n) {
            int page = (int) (n % site.plan().pages());
            return HttpRequest.post("/api/scrape", "{\"url\":\"%s\"}".formatted(site.url(page)));
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK;
        }
    }

    private record Reads(byte[] bytes) implements Workload {
        @Override
        public byte[] request(long n) {
            return bytes;
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK;
        }
    }
}
