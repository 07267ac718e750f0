package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The partitions of {@code page}, {@code seen}, {@code attachment}, {@code capture}, {@code
 * page_memory} and {@code page_change}, one for each day (UTC) of their jobs' ids: made ahead, and
 * dropped whole when the day is no longer kept.
 */
public final class Days {

    private static final List<String> TABLES =
            List.of("page", "seen", "attachment", "capture", "page_memory", "page_change");
    private static final int DAYS_AHEAD = 7;
    private static final int JOBS_BATCH = 1_000;
    private static final long LOCK = 0x676c65616e6572L;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final Sql ADVISORY =
            Sql.named("days-lock", "SELECT pg_advisory_xact_lock(:lock)::text");

    private static final Sql KNOWN =
            Sql.named(
                    "days-known",
                    """
                    SELECT child.relname
                    FROM pg_inherits
                    JOIN pg_class child ON child.oid = pg_inherits.inhrelid
                    WHERE pg_inherits.inhparent = to_regclass(:table)
                    """);

    /** What is searched of pages. With it any job's pages are listed by fault, status or URL. */
    private static final Map<String, String> PAGE_INDEXES =
            Map.of(
                    "code", "(job_id, fault, seq) WHERE fault IS NOT NULL",
                    "status", "(job_id, status, seq)",
                    "url", "(job_id, url COLLATE \"C\")");

    private static final Sql RUNNING =
            Sql.named(
                    "days-running",
                    """
                    SELECT EXISTS (SELECT FROM job WHERE state = 'RUNNING' AND id < :before)
                        OR EXISTS (
                            SELECT
                            FROM job
                            JOIN recrawl ON recrawl.job_id = job.id
                            WHERE state = 'RUNNING' AND earlier < :before
                        )
                    """);

    // A job takes its idempotency key with it. By an array, because a join is planned to read all
    // jobs.
    private static final Sql FORGET =
            Sql.named(
                    "days-forget",
                    """
                    DELETE FROM job
                    WHERE id = ANY (ARRAY(
                        SELECT id
                        FROM job
                        WHERE id < :before AND state <> 'RUNNING'
                        ORDER BY id
                        LIMIT :batch
                    ))
                    """);

    private final Transactions transactions;
    private final InstantSource clock;

    public Days(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes the partitions of today and of some days ahead. Repeating it is harmless. */
    public void prepare() {
        LocalDate today = today();
        transactions.runBulk(
                "days-prepare",
                handle -> {
                    lock(handle);
                    for (String table : TABLES) {
                        List<String> known = partitions(handle, table);
                        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                            LocalDate day = today.plusDays(ahead);
                            if (!known.contains(name(table, day))) {
                                create(handle, table, day);
                            }
                        }
                    }
                    for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                        index(handle, name("page", today.plusDays(ahead)));
                    }
                    return today;
                });
    }

    /**
     * Deletes jobs that have ended and were submitted before the days kept, and drops those days'
     * pages. A day stays as long as a job of it, or of a day before it, still runs or is being
     * crawled again.
     *
     * @return how many jobs and partitions are gone
     */
    public int forget(Period kept) {
        LocalDate firstKept = today().minus(kept);
        UUID before = JobIds.from(start(firstKept));
        int jobs = 0;
        int batch;
        do {
            batch =
                    transactions.runBulk(
                            "days-forget",
                            handle ->
                                    handle.createUpdate(FORGET.text())
                                            .bind("before", before)
                                            .bind("batch", JOBS_BATCH)
                                            .execute());
            jobs += batch;
        } while (batch == JOBS_BATCH);
        return jobs + drop(firstKept, before);
    }

    private int drop(LocalDate firstKept, UUID before) {
        return transactions.runBulk(
                "days-drop",
                handle -> {
                    lock(handle);
                    boolean running =
                            handle.createQuery(RUNNING.text())
                                    .bind("before", before)
                                    .mapTo(Boolean.class)
                                    .one();
                    int dropped = 0;
                    // A drop waits for every reader of the table and everybody then waits for it.
                    handle.execute("SET LOCAL lock_timeout = '1s'");
                    for (String table : running ? List.<String>of() : TABLES) {
                        for (String partition : partitions(handle, table)) {
                            if (partition.compareTo(name(table, firstKept)) < 0) {
                                handle.execute("DROP TABLE " + partition);
                                dropped++;
                            }
                        }
                    }
                    return dropped;
                });
    }

    private static void create(Handle handle, String table, LocalDate day) {
        handle.execute(
                "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
                        .formatted(
                                name(table, day),
                                table,
                                JobIds.from(start(day)),
                                JobIds.from(start(day.plusDays(1)))));
    }

    /**
     * By the day and not for all days, because an index of pages that are there already would hold
     * up whoever writes them: a day that has some, from the release before, stays without and is
     * searched in its order.
     */
    private static void index(Handle handle, String partition) {
        boolean pages =
                handle.createQuery("SELECT EXISTS (SELECT FROM %s)".formatted(partition))
                        .mapTo(Boolean.class)
                        .one();
        if (!pages) {
            PAGE_INDEXES.forEach(
                    (name, what) ->
                            handle.execute(
                                    "CREATE INDEX IF NOT EXISTS %1$s_%2$s ON %1$s %3$s"
                                            .formatted(partition, name, what)));
        }
    }

    private static void lock(Handle handle) {
        handle.createQuery(ADVISORY.text()).bind("lock", LOCK).mapTo(String.class).one();
    }

    private static List<String> partitions(Handle handle, String table) {
        return handle.createQuery(KNOWN.text()).bind("table", table).mapTo(String.class).list();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DAY.format(day);
    }
}
