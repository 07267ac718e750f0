package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.FaultCode;
import io.gleaner.store.PageFilter.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds pages by what came of them. Each statement walks the index of the rarest of its conditions
 * in the order of the answer, so it reads what it answers and no more; the other conditions are
 * looked at on the way. As ranges in the index's order, or the planner may walk the job's pages
 * instead.
 */
final class PageSearch {

    /** Most pages that are counted: more would take longer than an answer may. */
    static final int COUNTED_MAX = 10_000;

    private static final String ANY =
            """
            AND (:code::text IS NULL OR fault = :code)
            AND (:status::int IS NULL OR status = :status)
            AND (:faulty::bool IS NULL OR (fault IS NOT NULL) = :faulty)
            """;

    private static final String FIND =
            """
            SELECT seq, url, fault, status, fetched_at
            FROM page
            WHERE job_id = :job AND %s
            """
                    + ANY
                    + """
                    ORDER BY %s
                    LIMIT :limit
                    """;

    private static final String COUNT =
            """
            SELECT count(*)
            FROM (
                SELECT
                FROM page
                WHERE job_id = :job AND %s
            """
                    + ANY
                    + """
                        ORDER BY %s
                        LIMIT :limit
                    ) counted
                    """;

    private static final String HAS_FAULT = "fault IS NOT NULL";
    private static final String FAULT_FROM =
            "fault <= :code AND (fault, seq) > (:code, :cursor) AND fault IS NOT NULL";
    private static final String FAULT_TO =
            "fault >= :code AND (fault, seq) < (:code, :cursor) AND fault IS NOT NULL";
    private static final String STATUS_FROM =
            "status <= :status AND (status, seq) > (:status, :cursor)";
    private static final String STATUS_TO =
            "status >= :status AND (status, seq) < (:status, :cursor)";
    private static final String URL =
            "url COLLATE \"C\" >= :prefix AND url COLLATE \"C\" < :prefix || chr(1114111)";

    private static final Sql ALL = Sql.named("page-find", FIND.formatted("seq > :cursor", "seq"));
    private static final Sql ALL_NEWEST =
            Sql.named("page-find-newest", FIND.formatted("seq < :cursor", "seq DESC"));
    private static final Sql ALL_COUNT = Sql.named("page-count", COUNT.formatted("seq > 0", "seq"));

    private static final Sql FAULTS =
            Sql.named("page-find-faults", FIND.formatted("seq > :cursor AND " + HAS_FAULT, "seq"));
    private static final Sql FAULTS_NEWEST =
            Sql.named(
                    "page-find-faults-newest",
                    FIND.formatted("seq < :cursor AND " + HAS_FAULT, "seq DESC"));
    private static final Sql FAULTS_COUNT =
            Sql.named("page-count-faults", COUNT.formatted(HAS_FAULT, "seq"));

    private static final Sql CODE =
            Sql.named("page-find-code", FIND.formatted(FAULT_FROM, "fault, seq"));
    private static final Sql CODE_NEWEST =
            Sql.named("page-find-code-newest", FIND.formatted(FAULT_TO, "fault DESC, seq DESC"));
    private static final Sql CODE_COUNT =
            Sql.named(
                    "page-count-code",
                    COUNT.formatted(FAULT_FROM.replace(":cursor", "0"), "fault, seq"));

    private static final Sql STATUS =
            Sql.named("page-find-status", FIND.formatted(STATUS_FROM, "status, seq"));
    private static final Sql STATUS_NEWEST =
            Sql.named(
                    "page-find-status-newest", FIND.formatted(STATUS_TO, "status DESC, seq DESC"));
    private static final Sql STATUS_COUNT =
            Sql.named(
                    "page-count-status",
                    COUNT.formatted(STATUS_FROM.replace(":cursor", "0"), "status, seq"));

    // A URL comes once in a job, so the page that was read last says where its order goes on.
    private static final Sql BY_URL =
            Sql.named(
                    "page-find-url",
                    FIND.formatted(
                            URL
                                    + """
                                     AND url COLLATE "C" > coalesce(
                                        (SELECT url FROM page WHERE job_id = :job AND seq = :cursor), '')
                                    """,
                            "url COLLATE \"C\""));
    private static final Sql URL_COUNT =
            Sql.named("page-count-url", COUNT.formatted(URL, "url COLLATE \"C\""));

    private static final Sql BY_FAULT =
            Sql.named(
                    "page-faults",
                    """
                    SELECT code, n
                    FROM unnest(:codes) AS known (code)
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS n
                        FROM (
                            SELECT
                            FROM page
                            WHERE job_id = :job AND fault = code
                            LIMIT :limit
                        ) counted
                    ) counts
                    WHERE n > 0
                    """);

    private PageSearch() {}

    /** How a filter's pages are found, in either order, and counted. */
    private record Way(Sql oldest, Sql newest, Sql count) {}

    private static Way way(PageFilter filter) {
        if (filter.urlPrefix() != null) {
            return new Way(BY_URL, BY_URL, URL_COUNT);
        }
        if (filter.fault() != null) {
            return new Way(CODE, CODE_NEWEST, CODE_COUNT);
        }
        if (filter.status() != null) {
            return new Way(STATUS, STATUS_NEWEST, STATUS_COUNT);
        }
        return filter.outcome() == Outcome.FAULT
                ? new Way(FAULTS, FAULTS_NEWEST, FAULTS_COUNT)
                : new Way(ALL, ALL_NEWEST, ALL_COUNT);
    }

    static List<PageOutcome> find(
            Transactions transactions, UUID job, PageFilter filter, long cursor, int limit) {
        Way way = way(filter);
        Sql sql = filter.newestFirst() ? way.newest() : way.oldest();
        long from = filter.newestFirst() && cursor == 0 ? Long.MAX_VALUE : cursor;
        return transactions.single(
                "page-find",
                handle ->
                        bind(handle.createQuery(sql.text()), job, filter, limit)
                                .bind("cursor", from)
                                .map(PageSearch::outcome)
                                .list());
    }

    static int count(Transactions transactions, UUID job, PageFilter filter) {
        Sql sql = way(filter).count();
        return transactions.single(
                "page-count",
                handle ->
                        bind(handle.createQuery(sql.text()), job, filter, COUNTED_MAX)
                                .mapTo(Integer.class)
                                .one());
    }

    static Map<FaultCode, Integer> faults(Transactions transactions, UUID job) {
        var codes = List.of(FaultCode.values());
        Map<FaultCode, Integer> counts = new EnumMap<>(FaultCode.class);
        transactions.single(
                "page-faults",
                handle ->
                        handle.createQuery(BY_FAULT.text())
                                .bind("job", job)
                                .bind("codes", Column.text(codes, FaultCode::name))
                                .bind("limit", COUNTED_MAX)
                                .map(
                                        (row, context) ->
                                                counts.put(
                                                        FaultCode.valueOf(row.getString("code")),
                                                        row.getInt("n")))
                                .list());
        return counts;
    }

    private static Query bind(Query query, UUID job, PageFilter filter, int limit) {
        Outcome outcome = filter.outcome();
        FaultCode fault = filter.fault();
        query.bind("job", job)
                .bind("code", fault == null ? null : fault.name())
                .bind("status", filter.status())
                .bind("faulty", outcome == null ? null : outcome == Outcome.FAULT)
                .bind("limit", limit);
        return filter.urlPrefix() == null ? query : query.bind("prefix", filter.urlPrefix());
    }

    static PageOutcome outcome(ResultSet row, StatementContext context) throws SQLException {
        return new PageOutcome(
                row.getLong("seq"),
                row.getString("url"),
                row.getString("fault"),
                row.getObject("status", Integer.class),
                requireNonNull(JobRows.instant(row.getTimestamp("fetched_at"))));
    }
}
