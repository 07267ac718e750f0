package io.gleaner.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a database is doing, as its own statistics tell.
 *
 * @param statements by total time, the largest first; empty when they are not counted
 * @param statementsMissing why they are not counted, or null
 * @param tables the largest first, a partitioned one as a whole
 * @param unusedIndexes those that no statement has used, without keys; the largest first
 * @param transactions the oldest first, ours left out
 * @param horizons what keeps dead rows from being removed, the oldest first
 */
public record DatabaseReport(
        Server server,
        List<StatementUse> statements,
        @Nullable String statementsMissing,
        List<Table> tables,
        List<UnusedIndex> unusedIndexes,
        List<Sessions> sessions,
        List<OpenTransaction> transactions,
        List<Horizon> horizons) {

    /** Most rows of one section. */
    public static final int ROWS_MAX = 100;

    /**
     * @param statisticsSince when counting began
     * @param cacheHits part of the pages that were found in shared buffers, 0 to 1
     * @param frozenAge transactions since the oldest that is not frozen
     * @param frozenAgeMax age at which PostgreSQL freezes whatever it costs
     */
    public record Server(
            String version,
            String database,
            long bytes,
            @Nullable Instant statisticsSince,
            double cacheHits,
            int connections,
            int connectionsMax,
            long deadlocks,
            long temporaryBytes,
            long frozenAge,
            long frozenAgeMax) {}

    /**
     * @param name ours, or the beginning of somebody else's text
     * @param cacheHits part of its pages that were found in shared buffers, 0 to 1
     */
    public record StatementUse(
            String name,
            long calls,
            double totalMillis,
            double meanMillis,
            double maxMillis,
            long rows,
            double cacheHits) {}

    /**
     * @param partitions 0 for a plain table
     * @param deadRows not yet removed by vacuum
     * @param rowsReadWhole rows that sequential scans read
     * @param hotUpdates part of the updates that touched no index, 0 to 1
     * @param vacuumedAt when autovacuum was last done with it, or a part of it
     */
    public record Table(
            String name,
            int partitions,
            long rows,
            long deadRows,
            long tableBytes,
            long indexBytes,
            long sequentialScans,
            long rowsReadWhole,
            long indexScans,
            long updates,
            double hotUpdates,
            @Nullable Instant vacuumedAt) {}

    public record UnusedIndex(String table, String name, long bytes) {}

    /** Connections of one application, by what they do. */
    public record Sessions(
            String application, int total, int active, int idle, int idleInTransaction) {}

    /**
     * @param statement the name of what it runs or ran last
     * @param waitsFor PostgreSQL's name of what it waits for, or null
     */
    public record OpenTransaction(
            int process,
            String application,
            Duration age,
            String state,
            String statement,
            @Nullable String waitsFor) {}

    /**
     * @param holder who still sees rows as of then
     * @param behind transactions begun since then: what died in them stays
     */
    public record Horizon(String holder, long behind) {}

    /** Asks a server, on a connection of its own; reads, and changes nothing. */
    public static DatabaseReport of(DatabaseConfig config) {
        return ReportReader.read(config);
    }
}
