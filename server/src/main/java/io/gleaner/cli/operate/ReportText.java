package io.gleaner.cli.operate;

import io.gleaner.cli.console.Table;
import io.gleaner.database.DatabaseReport;
import io.gleaner.database.DatabaseReport.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A report on the database for people: sections of aligned rows, 100 columns wide at most. */
final class ReportText {

    private static final int NAME_MAX = 32;
    private static final int TEXT_MAX = 44;

    /** A sequential scan of fewer rows than this is how PostgreSQL reads a small table. */
    private static final long ROWS_OF_A_SMALL_TABLE = 10_000;

    private final DatabaseReport report;
    private final int limit;
    private final StringBuilder text = new StringBuilder();

    private ReportText(DatabaseReport report, int limit) {
        this.report = report;
        this.limit = limit;
    }

    static String of(DatabaseReport report, int limit) {
        var text = new ReportText(report, limit);
        text.server();
        text.statements();
        text.tables();
        text.indexUse();
        text.unusedIndexes();
        text.connections();
        text.transactions();
        text.horizon();
        return text.text.toString();
    }

    private void server() {
        Server server = report.server();
        text.append(
                Table.of(
                        List.of(
                                List.of("database", server.database()),
                                List.of("PostgreSQL", server.version()),
                                List.of("size", Amounts.bytes(server.bytes())),
                                List.of(
                                        "statistics since",
                                        Amounts.moment(server.statisticsSince())),
                                List.of("cache hits", Amounts.percent(server.cacheHits())),
                                List.of(
                                        "connections",
                                        "%d of %d"
                                                .formatted(
                                                        server.connections(),
                                                        server.connectionsMax())),
                                List.of("deadlocks", String.valueOf(server.deadlocks())),
                                List.of("spilled to disk", Amounts.bytes(server.temporaryBytes())),
                                List.of(
                                        "not yet frozen",
                                        "%s of %s transactions"
                                                .formatted(
                                                        Amounts.number(server.frozenAge()),
                                                        Amounts.number(server.frozenAgeMax()))))));
    }

    private void statements() {
        if (report.statementsMissing() != null) {
            heading("Statements");
            text.append(
                            report.statementsMissing()
                                    .replace("restart PostgreSQL ", "restart PostgreSQL\n"))
                    .append('\n');
            return;
        }
        double all = report.statements().stream().mapToDouble(it -> it.totalMillis()).sum();
        section(
                "Statements by total time",
                List.of("NAME", "CALLS", "TOTAL", "SHARE", "MEAN", "MAX", "ROWS/CALL", "CACHE"),
                report.statements(),
                it ->
                        List.of(
                                cut(it.name(), NAME_MAX),
                                Amounts.number(it.calls()),
                                Amounts.millis(it.totalMillis()),
                                Amounts.percent(it.totalMillis() / Math.max(1e-9, all)),
                                Amounts.millis(it.meanMillis()),
                                Amounts.millis(it.maxMillis()),
                                Amounts.ratio(it.rows(), it.calls()),
                                Amounts.percent(it.cacheHits())));
    }

    private void tables() {
        section(
                "Tables by size",
                List.of("TABLE", "PARTS", "ROWS", "DEAD", "DEAD %", "SIZE", "INDEXES", "VACUUMED"),
                report.tables(),
                it ->
                        List.of(
                                cut(it.name(), NAME_MAX),
                                it.partitions() == 0 ? "" : String.valueOf(it.partitions()),
                                Amounts.number(it.rows()),
                                Amounts.number(it.deadRows()),
                                Amounts.percent(
                                        (double) it.deadRows()
                                                / Math.max(1, it.rows() + it.deadRows())),
                                Amounts.bytes(it.tableBytes()),
                                Amounts.bytes(it.indexBytes()),
                                Amounts.moment(it.vacuumedAt())));
    }

    private void indexUse() {
        section(
                "Index use (HOT: updates that touched no index)",
                List.of("TABLE", "BY INDEX", "WHOLE", "ROWS/WHOLE", "UPDATES", "HOT", ""),
                report.tables(),
                it ->
                        List.of(
                                cut(it.name(), NAME_MAX),
                                Amounts.number(it.indexScans()),
                                Amounts.number(it.sequentialScans()),
                                Amounts.ratio(it.rowsReadWhole(), it.sequentialScans()),
                                Amounts.number(it.updates()),
                                it.updates() == 0 ? "" : Amounts.percent(it.hotUpdates()),
                                isReadWhole(it) ? "a big table is read whole" : ""));
    }

    private static boolean isReadWhole(DatabaseReport.Table table) {
        return table.sequentialScans() > 0
                && table.rowsReadWhole() / table.sequentialScans() >= ROWS_OF_A_SMALL_TABLE;
    }

    private void unusedIndexes() {
        section(
                "Indexes that nothing has used, keys aside",
                List.of("INDEX", "TABLE", "SIZE"),
                report.unusedIndexes(),
                it ->
                        List.of(
                                cut(it.name(), TEXT_MAX),
                                cut(it.table(), NAME_MAX),
                                Amounts.bytes(it.bytes())));
    }

    private void connections() {
        section(
                "Connections by application",
                List.of("APPLICATION", "ALL", "ACTIVE", "IDLE", "IDLE IN TRANSACTION"),
                report.sessions(),
                it ->
                        List.of(
                                it.application().isEmpty()
                                        ? "(no name)"
                                        : cut(it.application(), TEXT_MAX),
                                String.valueOf(it.total()),
                                String.valueOf(it.active()),
                                String.valueOf(it.idle()),
                                String.valueOf(it.idleInTransaction())));
    }

    private void transactions() {
        section(
                "Oldest transactions",
                List.of("PROCESS", "APPLICATION", "AGE", "STATE", "STATEMENT", "WAITS FOR"),
                report.transactions(),
                it ->
                        List.of(
                                String.valueOf(it.process()),
                                cut(it.application(), 20),
                                Amounts.time(it.age()),
                                cut(it.state(), 19),
                                cut(it.statement(), 24),
                                it.waitsFor() == null ? "" : cut(it.waitsFor(), 16)));
    }

    private void horizon() {
        section(
                "Vacuum horizon: who keeps dead rows from being removed",
                List.of("HOLDER", "TRANSACTIONS SINCE"),
                report.horizons(),
                it -> List.of(cut(it.holder(), 70), Amounts.number(it.behind())));
    }

    private void heading(String title) {
        text.append('\n').append(title).append('\n');
    }

    private <T> void section(
            String title, List<String> header, List<T> items, Function<T, List<String>> row) {
        heading(title);
        if (items.isEmpty()) {
            text.append("none\n");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(header);
        items.stream().limit(limit).map(row).forEach(rows::add);
        text.append(Table.of(rows));
        if (items.size() > limit) {
            text.append("and %d more; --limit shows them%n".formatted(items.size() - limit));
        }
    }

    private static String cut(String name, int max) {
        return name.length() <= max ? name : name.substring(0, max - 1) + "…";
    }
}
