package io.gleaner.store;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.gleaner.database.Sql;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The plan of every statement at a million tasks: which indexes it goes by, and that it reads no
 * big table whole. Both with the plan for the values at hand and with the generic one, which the
 * server may take once the driver has prepared a statement there.
 */
class StatementPlansIT {

    /** In microseconds: hardly anything is younger. */
    private static final String LATELY = "4000000000000000";

    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]+)");
    private static final Set<String> BIG_TABLES =
            Set.of(
                    "attachment",
                    "capture",
                    "host",
                    "idempotency",
                    "job",
                    "page",
                    "seen",
                    "task",
                    "webhook");

    private static final int SETTLE = 256;

    /** A type of PostgreSQL and a value as a literal. */
    record Value(String type, String literal) {}

    /** A parameter and a value that it often has. */
    record Binding(String name, Value value) {}

    /**
     * @param indexes those that the plan goes by, except of catalogs and workers
     * @param also those that it may go by besides
     * @param whole big tables that may be read whole; each needs a reason
     */
    record Expected(
            Map<String, Value> values, Set<String> indexes, Set<String> also, Set<String> whole) {

        Set<String> allowed() {
            return Stream.concat(indexes.stream(), also.stream()).collect(Collectors.toSet());
        }

        Expected orAlso(String... others) {
            return new Expected(values, indexes, Set.of(others), whole);
        }

        Expected reading(String table) {
            return new Expected(values, indexes, also, Set.of(table));
        }
    }

    private static final String STATES = "'{RUNNING,COMPLETED,CANCELLED,FAILED}'";

    private static final Map<String, Expected> EXPECTED = new HashMap<>(ListPlans.EXPECTED);

    private static final Map<String, Expected> OTHERS =
            Map.ofEntries(
                    // submissions
                    entry("submit", submit("host_name_key")),
                    entry("submit-again", submit("job_pkey", "host_name_key")),
                    entry(
                            "submit-jobs",
                            new Expected(jobs(1), Set.of("job_pkey"), Set.of(), Set.of())),
                    entry("submit-created", plan(List.of("job_pkey"), bind("ids", jobIds(512)))),
                    entry("idempotency-lock", plan(List.of(), bind("keys", keys(64)))),
                    entry(
                            "idempotency-find",
                            plan(List.of("idempotency_pkey", "job_pkey"), bind("keys", keys(64)))),
                    entry(
                            "idempotency-remember",
                            plan(
                                    List.of(),
                                    bind("keys", keys(64)),
                                    bind("hashes", array("text", 64, n -> "hash")),
                                    bind("jobs", jobIds(64)))),
                    entry("host-add", plan(List.of("host_name_key"), bind("names", hosts(1_000)))),
                    entry("task-insert-large", tasks(5_000, "host_name_key")),
                    entry("task-count-large", plan(List.of("task_job"), bind("job", job()))),
                    // A large upload may be of many hosts or of one. Told how many, the planner
                    // weighs
                    // reading all ten thousand against finding each: its choice.
                    entry(
                            "host-add-large",
                            plan(
                                            List.of(),
                                            bind("priority", value("int4", "5")),
                                            bind("hosts", taskIds(100)),
                                            bind("counts", array("int8", 100, n -> "1")))
                                    .orAlso("host_pkey")
                                    .reading("host")),
                    entry("host-lock", plan(List.of("host_pkey"), bind("ids", taskIds(64)))),
                    // Of all hosts only those at the head of what waits and what is due.
                    entry(
                            "backlog",
                            plan(
                                    List.of("host_ready", "host_ready_for_browser"),
                                    bind("each", value("int4", "6")),
                                    bind("hosts", value("int4", "1000")))),
                    entry("backlog-fold", plan(List.of(), bind("changes", value("int4", "50000")))),
                    // leases
                    entry(
                            "lease",
                            // A job's state is found by its id in either index.
                            plan(
                                            List.of("host_pkey", "host_ready", "task_queue"),
                                            bind("worker", worker()),
                                            bind("lease", value("int8", "7")),
                                            bind("hosts", value("int4", "64")),
                                            bind("tasks", value("int4", "8")))
                                    .orAlso("job_pkey", "job_state")),
                    entry(
                            "lease-plain",
                            plan(
                                            List.of("host_pkey", "host_ready", "task_queue"),
                                            bind("worker", worker()),
                                            bind("lease", value("int8", "7")),
                                            bind("hosts", value("int4", "64")),
                                            bind("tasks", value("int4", "8")))
                                    .orAlso("job_pkey", "job_state")),
                    entry(
                            "lease-for-browser",
                            plan(
                                            List.of(
                                                    "host_pkey",
                                                    "host_ready_for_browser",
                                                    "task_queue"),
                                            bind("worker", worker()),
                                            bind("lease", value("int8", "7")),
                                            bind("hosts", value("int4", "64")),
                                            bind("tasks", value("int4", "8")))
                                    .orAlso("job_pkey", "job_state")),
                    entry(
                            "lease-more",
                            plan(
                                            List.of("host_pkey", "task_queue"),
                                            bind("worker", worker()),
                                            bind("hosts", taskIds(64)),
                                            bind("leases", taskIds(64)),
                                            bind("inHand", taskIds(64 * 8)),
                                            bind("tasks", value("int4", "8")))
                                    .orAlso("job_pkey", "job_state")),
                    entry(
                            "lease-hold",
                            plan(
                                            List.of(),
                                            bind("worker", worker()),
                                            bind("hosts", taskIds(64)),
                                            bind("leases", taskIds(64)),
                                            bind("taskHosts", taskIds(64)),
                                            bind("tasks", taskIds(64)),
                                            bind("inHand", taskIds(64 * 8)))
                                    .orAlso("host_owner", "host_pkey")),
                    entry(
                            "release",
                            plan(
                                            List.of(),
                                            bind("worker", worker()),
                                            bind("hosts", taskIds(64)),
                                            bind("leases", taskIds(64)),
                                            bind("notBefores", array("int8", 64, n -> "0")),
                                            bind("failures", array("int4", 64, n -> "0")),
                                            bind("failingSinces", array("int8", 64, n -> "0")),
                                            bind("answeredAts", array("int8", 64, n -> "0")),
                                            bind("crawlDelays", array("int8", 64, n -> "0")),
                                            bind("waitReasons", array("text", 64, n -> "")),
                                            bind("forBrowsers", array("bool", 64, n -> "false")))
                                    .orAlso("host_owner", "host_pkey")),
                    entry(
                            "hand-back",
                            plan(
                                    List.of("host_owner"),
                                    bind("worker", worker()),
                                    bind("hosts", taskIds(64)),
                                    bind("leases", taskIds(64)))),
                    // settling
                    entry("job-lock", plan(List.of("job_pkey"), bind("ids", jobIds(16)))),
                    entry(
                            "job-save",
                            plan(
                                    List.of("job_pkey"),
                                    bind("ids", jobIds(16)),
                                    bind("totals", array("int8", 16, n -> "9")),
                                    bind("pendings", array("int8", 16, n -> "9")),
                                    bind("dones", array("int8", 16, n -> "9")),
                                    bind("faileds", array("int8", 16, n -> "9")),
                                    bind("fromCaches", array("int8", 16, n -> "9")),
                                    bind("rendereds", array("int8", 16, n -> "9")),
                                    bind("nextRanks", array("int8", 16, n -> "9")))),
                    entry(
                            "task-delete",
                            // Leased hosts are few: to find them by their owner is as good.
                            plan(
                                            List.of("task_pkey"),
                                            bind("ids", taskIds(SETTLE)),
                                            bind("numbers", taskIds(SETTLE)),
                                            bind("hosts", taskIds(SETTLE)),
                                            bind(
                                                    "workers",
                                                    array("uuid", SETTLE, n -> jobId(n % 4))),
                                            bind("leases", taskIds(SETTLE)))
                                    .orAlso("host_owner", "host_pkey")),
                    entry("task-replace", replace()),
                    entry(
                            "seen-find",
                            plan(
                                    List.of("seen_pkey"),
                                    bind("job", job()),
                                    bind("key", value("uuid", jobId(7))))),
                    entry(
                            "seen-find-all",
                            plan(
                                    List.of("seen_pkey", "seen_before_pkey"),
                                    bind("jobs", array("uuid", SETTLE, n -> jobId(n % 16 * 100))),
                                    bind("keys", array("uuid", SETTLE, n -> jobId(n))))),
                    entry(
                            "job-move",
                            plan(
                                    List.of("job_pkey"),
                                    bind("id", job()),
                                    bind("home", value("text", "http://a.example/")))),
                    entry(
                            "seen-add",
                            plan(
                                    List.of(),
                                    bind("jobs", array("uuid", SETTLE, n -> jobId(n % 16 * 100))),
                                    bind("keys", array("uuid", SETTLE, n -> jobId(n))),
                                    bind("depths", array("int4", SETTLE, n -> "1")))),
                    entry(
                            "page-insert",
                            plan(
                                    List.of(),
                                    bind("jobs", array("uuid", SETTLE, n -> jobId(n % 16 * 100))),
                                    bind("seqs", array("int8", SETTLE, n -> "" + (n + 5_000))),
                                    bind("urls", array("text", SETTLE, n -> "http://a.example/")),
                                    bind("faults", array("text", SETTLE, n -> "TIMEOUT")),
                                    bind("statuses", array("int4", SETTLE, n -> "200")),
                                    bind("fetched", array("int8", SETTLE, n -> "0")),
                                    bind("metas", array("text", SETTLE, n -> "{}")),
                                    bind("contents", array("bytea", SETTLE, n -> "")),
                                    bind("changes", array("text", SETTLE, n -> "SAME")),
                                    bind("diffs", array("bytea", SETTLE, n -> "")))),
                    entry(
                            "attachment-insert",
                            plan(
                                    List.of(),
                                    bind("jobs", array("uuid", SETTLE, n -> jobId(n % 16 * 100))),
                                    bind("seqs", array("int8", SETTLE, n -> "" + (n + 5_000))),
                                    bind("names", array("text", SETTLE, n -> "pdf")),
                                    bind("types", array("text", SETTLE, n -> "image/png")),
                                    bind("contents", array("bytea", SETTLE, n -> "")),
                                    bind("objects", array("uuid", SETTLE, n -> jobId(n))),
                                    bind("bytes", array("int8", SETTLE, n -> "1")))),
                    entry(
                            "capture-insert",
                            plan(
                                    List.of(),
                                    bind("jobs", array("uuid", SETTLE, n -> jobId(n % 16 * 100))),
                                    bind("seqs", array("int8", SETTLE, n -> "" + (n + 5_000))),
                                    bind("contents", array("bytea", SETTLE, n -> "")),
                                    bind("objects", array("uuid", SETTLE, n -> jobId(n))))),
                    // webhooks
                    entry(
                            "webhook-insert",
                            plan(
                                    List.of("webhook_pkey"),
                                    bind("jobs", jobIds(64)),
                                    bind("tenants", array("int8", 64, n -> "1")),
                                    bind("secrets", array("bytea", 64, n -> "")))),
                    entry(
                            "webhook-claim",
                            plan(
                                    List.of("webhook_due", "webhook_pkey", "job_pkey"),
                                    bind("limit", value("int4", "64")),
                                    bind("lease", worker()),
                                    bind("seconds", value("int8", "30")))),
                    entry("webhook-told", webhook("state", "status", "seconds")),
                    entry("webhook-ended", webhook()),
                    entry("webhook-left", webhook("millis")),
                    entry(
                            "webhook-failed",
                            webhook("state", "status", "millis", "attempts", "problem")),
                    entry(
                            "webhook-find",
                            plan(
                                    List.of("webhook_tenant"),
                                    bind("job", job()),
                                    bind("tenant", value("int8", "1")))),
                    entry(
                            "webhook-list",
                            plan(
                                    List.of("webhook_tenant"),
                                    bind("tenant", value("int8", "1")),
                                    bind("first", value("uuid", jobId(0))),
                                    bind("before", value("uuid", jobId(19_999))),
                                    bind("limit", value("int4", "50")))),
                    entry(
                            "webhook-again",
                            plan(
                                    List.of("webhook_tenant"),
                                    bind("job", job()),
                                    bind("tenant", value("int8", "1")),
                                    bind("position", value("int8", "1")))),
                    // reading
                    entry(
                            "capture-read",
                            plan(
                                    List.of("capture_pkey"),
                                    bind("job", job()),
                                    bind("seq", value("int8", "7")))),
                    entry(
                            "attachment-find",
                            plan(
                                    List.of("attachment_pkey"),
                                    bind("job", job()),
                                    bind("seq", value("int8", "7")),
                                    bind("name", value("text", "screenshot")))),
                    entry(
                            "attachment-part",
                            plan(
                                    List.of("attachment_pkey"),
                                    bind("job", job()),
                                    bind("seq", value("int8", "7")),
                                    bind("name", value("text", "screenshot")),
                                    bind("from", value("int4", "1")),
                                    bind("length", value("int4", "1000")))),
                    entry("job-find", plan(List.of("job_pkey"), bind("id", job()))),
                    entry("job-find-with-secrets", plan(List.of("job_pkey"), bind("id", job()))),
                    entry(
                            "job-list",
                            plan(
                                    List.of("job_tenant_state"),
                                    bind("tenant", value("int8", "1")),
                                    bind("states", new Value("text[]", STATES)),
                                    bind("before", value("uuid", jobId(19_999))),
                                    bind("limit", value("int4", "20")))),
                    entry(
                            "job-hosts",
                            plan(
                                    List.of("host_pkey", "task_job"),
                                    bind("job", job()),
                                    bind("steps", value("int4", "1000")),
                                    bind("counted", value("int4", "100")),
                                    bind("limit", value("int4", "10")))),
                    entry(
                            "jobs-cancelled-since",
                            plan(
                                    List.of("job_cancelled"),
                                    bind("since", value("int8", LATELY)),
                                    bind("limit", value("int4", "1000")))),
                    entry("job-cancel", plan(List.of("job_pkey"), bind("id", job()))),
                    entry(
                            "host-find",
                            plan(
                                    List.of("host_name_key"),
                                    bind("name", value("text", "h7.example")))),
                    entry(
                            "host-find-of",
                            plan(
                                            List.of("host_name_key", "task_job"),
                                            bind("tenant", value("int8", "1")),
                                            bind("name", value("text", "h7.example")))
                                    .orAlso("job_state", "job_tenant_state")),
                    entry("page-read", pages("page_pkey")),
                    entry("page-read-content", pages("page_pkey")),
                    // What page_fault is called in a partition.
                    entry("page-read-faults", pages("page_job_id_seq_idx")),
                    // chores
                    // Few keys: whether by index or whole is all one.
                    entry(
                            "key-create",
                            plan(
                                    List.of(),
                                    bind("name", value("text", "shop")),
                                    bind("tenant", value("text", "main")),
                                    bind("scopes", value("text", "read")),
                                    bind("hint", value("text", "gk_abcde")),
                                    bind("hash", value("bytea", "\\x00")),
                                    bind("admin", value("bool", "false")),
                                    bind("perMinute", value("int4", "60")))),
                    entry("key-find", plan(List.of(), bind("hash", value("bytea", "\\x00")))),
                    entry("key-list", plan(List.of())),
                    entry("key-usable", plan(List.of())),
                    entry("key-ever", plan(List.of())),
                    entry("tenant-add", plan(List.of(), bind("tenant", value("text", "shop")))),
                    entry("key-revoke", plan(List.of(), bind("id", value("int8", "1")))),
                    entry("page-outcomes", pages("page_pkey")),
                    entry("heartbeat", plan(List.of(), bind("id", worker()))),
                    entry("now", plan(List.of())),
                    entry("leave", plan(List.of(), bind("id", worker()))),
                    entry(
                            "forget",
                            plan(List.of("host_owner"), bind("age", value("int8", "3600000")))),
                    entry(
                            "orphans",
                            plan(
                                    List.of("host_owner", "task_pkey"),
                                    bind("since", value("int8", "1700000000000000")),
                                    bind("limit", value("int4", "10000")))),
                    entry(
                            "orphans-free",
                            plan(
                                    List.of("host_pkey"),
                                    bind("hosts", taskIds(64)),
                                    bind("owners", array("uuid", 64, StatementPlansIT::jobId)),
                                    bind("leases", taskIds(64)))),
                    entry(
                            "sweep-jobs",
                            plan(List.of("job_unswept"), bind("jobs", value("int4", "1000")))),
                    entry(
                            "sweep-cancelled",
                            plan(
                                    List.of("host_pkey", "task_job", "task_pkey"),
                                    bind("jobs", jobIds(200)),
                                    bind("batch", value("int4", "2000")))),
                    entry(
                            "sweep-done",
                            plan(List.of("job_pkey", "task_job"), bind("jobs", jobIds(200)))),
                    entry(
                            "sweep-headers",
                            plan(
                                    List.of("job_headers", "job_pkey"),
                                    bind("jobs", value("int4", "1000")))),
                    entry(
                            "hosts-slice",
                            plan(
                                    List.of("host_pkey"),
                                    bind("after", value("int8", "500")),
                                    bind("slice", value("int4", "100")))),
                    entry(
                            "hosts-remove",
                            plan(
                                    List.of("host_pkey"),
                                    bind("after", value("int8", "500")),
                                    bind("end", value("int8", "600")),
                                    bind("idle", value("int8", "2592000")))),
                    entry("hosts-last", plan(List.of("host_pkey"))),
                    entry("days-lock", plan(List.of(), bind("lock", value("int8", "1")))),
                    entry(
                            "days-known",
                            plan(
                                    List.of(), // catalogs
                                    bind("table", value("text", "page")))),
                    entry("days-running", plan(List.of("job_state"), bind("before", job()))),
                    entry(
                            "days-forget",
                            plan(
                                    List.of("job_pkey"),
                                    bind("before", value("uuid", jobId(10_000))),
                                    bind("batch", value("int4", "1000")))),
                    entry("notify", plan(List.of(), bind("message", value("text", "x")))),
                    entry("ping", plan(List.of())),
                    entry("answer-time", plan(List.of(), bind("millis", value("text", "1000")))),
                    // the operator's report: catalogs and statistics
                    entry("report-server", plan(List.of())),
                    entry("report-counted", plan(List.of())),
                    entry("report-statements", plan(List.of())),
                    entry("report-tables", plan(List.of(), bind("limit", value("int4", "100")))),
                    entry(
                            "report-unused-indexes",
                            plan(List.of(), bind("limit", value("int4", "100")))),
                    entry("report-sessions", plan(List.of(), bind("limit", value("int4", "100")))),
                    entry(
                            "report-transactions",
                            plan(List.of(), bind("limit", value("int4", "100")))),
                    entry("report-horizons", plan(List.of(), bind("limit", value("int4", "100")))));

    static {
        EXPECTED.putAll(OTHERS);
        EXPECTED.putAll(AgainPlans.EXPECTED);
    }

    private static TestStore store;

    @BeforeAll
    static void fill() throws SQLException {
        store = new TestStore();
        LargeStore.fill(store);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void everyStatementHasItsExpectedPlan() {
        assertThat(EXPECTED.keySet())
                .containsExactlyInAnyOrderElementsOf(statements().stream().map(Sql::name).toList());
    }

    @Test
    void statementsAreConstants() {
        var calls =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.gleaner")
                                .stream()
                                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                                .filter(call -> call.getTargetOwner().isEquivalentTo(Sql.class))
                                .filter(call -> call.getName().equals("named"))
                                .toList();
        assertThat(calls)
                .isNotEmpty()
                .extracting(JavaCall::getOrigin)
                .allMatch(StatementPlansIT::isStaticInitialiser);
    }

    @TestFactory
    Stream<DynamicTest> aStatementGoesByItsIndexesWhateverTheValues() {
        return tests("force_custom_plan");
    }

    @TestFactory
    Stream<DynamicTest> aStatementPreparedOnceForAllValuesGoesByItsIndexes() {
        return tests("force_generic_plan");
    }

    @Test
    void aLeaseIsTheOneThatDoesNotWaitForTheDisk() throws SQLException {
        assertThat(synchronousCommitWith("lease")).isEqualTo("off");
        assertThat(synchronousCommitWith("heartbeat")).isEqualTo("on");
    }

    /** How a transaction that begins with this statement would commit. */
    private static String synchronousCommitWith(String name) throws SQLException {
        Sql sql = statements().stream().filter(s -> s.name().equals(name)).findAny().orElseThrow();
        Map<String, Value> values = requireNonNull(EXPECTED.get(name)).values();
        try (Connection connection = store.access.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(prepare(statement, sql, values));
            String setting = text(statement, "SHOW synchronous_commit");
            connection.rollback();
            return setting;
        }
    }

    private static boolean isStaticInitialiser(JavaCodeUnit origin) {
        return origin.getName().equals("<clinit>");
    }

    private static Stream<DynamicTest> tests(String mode) {
        return statements().stream()
                .filter(sql -> EXPECTED.containsKey(sql.name()))
                .map(sql -> DynamicTest.dynamicTest(sql.name(), () -> check(sql, mode)));
    }

    private static void check(Sql sql, String mode) throws SQLException {
        Expected expected = requireNonNull(EXPECTED.get(sql.name()));
        QueryPlan plan = explain(sql, expected.values(), mode);
        var whole = new TreeSet<>(plan.wholeTables());
        whole.retainAll(BIG_TABLES);
        assertThat(whole)
                .as("tables that are read whole by\n%s", plan.text())
                .isSubsetOf(expected.whole());
        var indexes = new TreeSet<>(plan.indexes());
        // Of catalogs and of a table of a few rows it is all one.
        indexes.removeIf(
                index ->
                        index.startsWith("pg_")
                                || index.equals("worker_pkey")
                                || index.startsWith("access_key")
                                || index.startsWith("tenant_"));
        assertThat(indexes)
                .as("indexes that are used by\n%s", plan.text())
                .containsAll(expected.indexes())
                .isSubsetOf(expected.allowed());
    }

    /** By PREPARE, as the driver does when a statement is used often. */
    private static QueryPlan explain(Sql sql, Map<String, Value> values, String mode)
            throws SQLException {
        try (Connection connection = store.access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = " + mode);
            String execute = prepare(statement, sql, values);
            return QueryPlan.of(
                    text(statement, "EXPLAIN (FORMAT JSON) " + execute),
                    text(statement, "EXPLAIN (COSTS OFF) " + execute));
        }
    }

    /** Answers how to execute it. */
    private static String prepare(Statement statement, Sql sql, Map<String, Value> values)
            throws SQLException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        String numbered = PARAMETER.matcher(sql.text()).replaceAll(found -> number(numbers, found));
        assertThat(values.keySet()).as("parameters of " + sql.name()).isEqualTo(numbers.keySet());
        List<Value> ordered = numbers.keySet().stream().map(values::get).toList();
        statement.execute("PREPARE it%s AS %s".formatted(joined(ordered, Value::type), numbered));
        return "EXECUTE it" + joined(ordered, Value::literal);
    }

    private static String text(Statement statement, String sql) throws SQLException {
        var lines = new StringJoiner("\n");
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines.toString();
    }

    private static String number(Map<String, Integer> numbers, MatchResult found) {
        numbers.putIfAbsent(found.group(1), numbers.size() + 1);
        return Matcher.quoteReplacement("$" + numbers.get(found.group(1)));
    }

    private static String joined(
            List<Value> values, java.util.function.Function<Value, String> part) {
        return values.isEmpty()
                ? ""
                : values.stream().map(part).collect(Collectors.joining(", ", " (", ")"));
    }

    /** Every constant of the product's classes. */
    private static List<Sql> statements() {
        Path classes =
                Path.of(
                        URI.create(
                                Sql.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString()));
        try (Stream<Path> files = Files.walk(classes.resolve("io/gleaner"))) {
            List<Sql> found = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                collect(Class.forName(name.substring(0, name.length() - 6)), found);
            }
            return found;
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read the product's classes", e);
        }
    }

    private static void collect(Class<?> type, List<Sql> found)
            throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == Sql.class && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                found.add((Sql) field.get(null));
            }
        }
    }

    static Expected plan(List<String> indexes, Binding... bindings) {
        Map<String, Value> values =
                Arrays.stream(bindings).collect(Collectors.toMap(Binding::name, Binding::value));
        return new Expected(values, Set.copyOf(indexes), Set.of(), Set.of());
    }

    static Binding bind(String name, Value value) {
        return new Binding(name, value);
    }

    /** What moves one webhook on. */
    private static Expected webhook(String... more) {
        var bindings = new ArrayList<Binding>();
        bindings.add(bind("job", job()));
        bindings.add(bind("lease", worker()));
        bindings.add(bind("position", value("int8", "1")));
        for (String name : more) {
            bindings.add(
                    bind(
                            name,
                            switch (name) {
                                case "state" -> value("text", "OPEN");
                                case "problem" -> value("text", "x");
                                case "seconds", "millis" -> value("int8", "30");
                                default -> value("int4", "200");
                            }));
        }
        return plan(List.of("webhook_pkey"), bindings.toArray(Binding[]::new));
    }

    private static Expected pages(String index) {
        return plan(
                List.of(index),
                bind("job", job()),
                bind("after", value("int8", "100")),
                bind("limit", value("int4", "100")));
    }

    private static Expected tasks(int n, String... indexes) {
        return plan(
                List.of(indexes),
                bind("jobs", array("uuid", n, i -> jobId(i % 16 * 100))),
                bind("hosts", hosts(n)),
                bind("priorities", array("int4", n, i -> "5")),
                bind("ranks", array("int8", n, i -> "" + i)),
                bind("urls", array("text", n, i -> "http://a.example/" + i)),
                bind("depths", array("int4", n, i -> "1")),
                bind("attempts", array("int4", n, i -> "1")),
                bind("rescues", array("int4", n, i -> "0")),
                bind("refusals", array("int4", n, i -> "0")));
    }

    private static Expected submit(String... indexes) {
        var values = new LinkedHashMap<>(tasks(512).values());
        values.putAll(jobs(512));
        return new Expected(values, Set.of(indexes), Set.of(), Set.of());
    }

    private static Map<String, Value> jobs(int n) {
        return Map.of(
                "ids", array("uuid", n, i -> jobId(i + 20_000)),
                "tenants", array("int8", n, i -> "1"),
                "secrets", array("bytea", n, i -> ""),
                "specs", array("text", 4, i -> "{}"),
                "specNumbers", array("int8", n, i -> "" + (1 + i % 4)),
                "jobPriorities", array("int4", n, i -> "5"),
                "limits", array("int8", n, i -> "1000"),
                "sizes", array("int8", n, i -> "1"));
    }

    private static Expected replace() {
        var values = new LinkedHashMap<>(tasks(SETTLE).values());
        values.put("renderWhys", array("text", SETTLE, n -> ""));
        values.put("goneHosts", hosts(64));
        values.put("goneCounts", array("int4", 64, n -> "4"));
        return new Expected(values, Set.of("host_name_key"), Set.of(), Set.of());
    }

    private static Value worker() {
        return value("uuid", "00000000-0000-0000-0000-000000000001");
    }

    static Value job() {
        return value("uuid", jobId(4_000));
    }

    private static Value jobIds(int n) {
        return array("uuid", n, i -> jobId(i * 100));
    }

    private static Value taskIds(int n) {
        return array("int8", n, i -> "" + (i * 20 + 20));
    }

    private static Value hosts(int n) {
        return array("text", n, i -> "h%d.example".formatted(i % LargeStore.HOSTS + 1));
    }

    private static Value keys(int n) {
        return array("text", n, i -> "key-" + i);
    }

    static Value value(String type, String text) {
        return new Value(type, "'" + text + "'");
    }

    static Value array(String type, int n, IntFunction<String> element) {
        return new Value(
                type + "[]",
                IntStream.range(0, n)
                        .mapToObj(i -> "\"" + element.apply(i).replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(",", "'{", "}'")));
    }

    /** The n-th job of {@link LargeStore}. */
    static String jobId(int n) {
        long today = java.time.LocalDate.now(java.time.ZoneOffset.UTC).toEpochDay();
        long millis = (today + n / 2_500) * 86_400_000L + n;
        return new java.util.UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | n).toString();
    }
}
