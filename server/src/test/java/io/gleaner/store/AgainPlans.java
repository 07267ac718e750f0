package io.gleaner.store;

import static io.gleaner.store.StatementPlansIT.array;
import static io.gleaner.store.StatementPlansIT.bind;
import static io.gleaner.store.StatementPlansIT.job;
import static io.gleaner.store.StatementPlansIT.jobId;
import static io.gleaner.store.StatementPlansIT.plan;
import static io.gleaner.store.StatementPlansIT.value;
import static java.util.Map.entry;

import io.gleaner.store.StatementPlansIT.Binding;
import io.gleaner.store.StatementPlansIT.Expected;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The plans of crawling again, of schedules and of objects, for {@link StatementPlansIT}. */
final class AgainPlans {

    private static final int MANY = 512;
    private static final String NOW = "2026-12-01T00:00:00Z";

    static final Map<String, Expected> EXPECTED =
            Map.ofEntries(
                    entry(
                            "earlier-page",
                            plan(
                                            List.of("page_pkey"),
                                            bind("job", job()),
                                            bind("key", value("uuid", jobId(7))))
                                    .orAlso("page_memory_pkey")),
                    entry("seen-lower", seen(bind("depths", array("int4", MANY, n -> "1")))),
                    entry("seen-remove", seen()),
                    entry(
                            "page-insert-changes",
                            plan(
                                    List.of(),
                                    jobs(),
                                    bind("changes", array("text", MANY, n -> "NEW")),
                                    seqs())),
                    entry(
                            "page-read-same",
                            plan(
                                    List.of("page_pkey"),
                                    bind("job", job()),
                                    bind("change", value("text", "SAME")),
                                    bind("after", value("int8", "0")),
                                    bind("limit", value("int4", "100")))),
                    entry(
                            "page-read-changes",
                            plan(
                                            List.of("page_pkey"),
                                            bind("job", job()),
                                            bind("change", value("text", "NEW")),
                                            bind("after", value("int8", "0")),
                                            bind("limit", value("int4", "100")))
                                    .orAlso("page_change_pkey")),
                    entry(
                            "page-urls",
                            plan(
                                    List.of("page_pkey"),
                                    bind("job", job()),
                                    bind("after", value("int8", "0")),
                                    bind("limit", value("int4", "100")))),
                    entry(
                            "recrawl-insert",
                            plan(
                                            List.of(),
                                            jobs(),
                                            bind("earlier", array("uuid", MANY, n -> jobId(n))))
                                    .orAlso("recrawl_pkey")),
                    entry(
                            "recrawl-count",
                            plan(
                                            List.of(),
                                            jobs(),
                                            count("added"),
                                            count("changed"),
                                            count("same"),
                                            count("gone"))
                                    .orAlso("recrawl_pkey")),
                    entry(
                            "recrawl-find",
                            plan(List.of(), bind("job", job())).orAlso("recrawl_pkey")),
                    entry(
                            "memory-insert",
                            plan(
                                            List.of(),
                                            jobs(),
                                            keys(),
                                            seqs(),
                                            bind("depths", array("int4", MANY, n -> "1")),
                                            bind("contents", array("bytea", MANY, n -> "")))
                                    .orAlso("page_memory_pkey")),
                    entry(
                            "memory-lower",
                            plan(
                                            List.of("page_pkey"),
                                            jobs(),
                                            keys(),
                                            bind("depths", array("int4", MANY, n -> "1")))
                                    .orAlso("page_memory_pkey", "page_before_pkey")),
                    entry(
                            "schedule-insert",
                            schedule(
                                    id(),
                                    tenant(),
                                    text("name"),
                                    bind("every", value("int8", "60")),
                                    text("cron"),
                                    text("zone"),
                                    bind("jitter", value("int8", "0")),
                                    bind("recrawl", value("bool", "true")),
                                    bind("spec", value("text", "{}")),
                                    bind("seeds", value("text", "[]")),
                                    bind("secrets", value("bytea", "")),
                                    bind("webhookSecrets", value("bytea", "")),
                                    time("due"),
                                    time("start"),
                                    bind("max", value("int4", "1000")))),
                    entry("schedule-list", schedule(tenant())),
                    entry("schedule-find", schedule(tenant(), id())),
                    entry("schedule-pause", schedule(tenant(), id())),
                    entry("schedule-delete", schedule(tenant(), id())),
                    entry("schedule-resume", schedule(tenant(), id(), time("due"), time("start"))),
                    entry(
                            "schedule-due",
                            schedule(List.of("job_pkey"), time("now"), limit("limit"))),
                    entry("schedule-claim", schedule(id(), time("due"))),
                    entry(
                            "schedule-advance",
                            schedule(
                                    id(),
                                    time("due"),
                                    time("start"),
                                    bind("last", value("uuid", jobId(1))),
                                    bind("completed", value("uuid", jobId(1))))),
                    entry("schedule-runs", schedule(id(), limit("limit"))),
                    entry("schedule-forget-runs", schedule(id(), limit("kept"))),
                    entry(
                            "schedule-add-runs",
                            schedule(
                                    id(),
                                    bind("dues", array("int8", 4, n -> "0")),
                                    bind("outcomes", array("text", 4, n -> "STARTED")),
                                    bind("jobs", array("uuid", 4, n -> jobId(n))),
                                    bind("details", array("text", 4, n -> "")))),
                    entry("object-space", plan(List.of())),
                    entry(
                            "object-space-jobs",
                            plan(
                                    List.of("job_pkey"),
                                    bind("jobs", array("uuid", 16, n -> jobId(n * 100))))));

    private AgainPlans() {}

    private static Expected seen(Binding... more) {
        Binding[] all = Arrays.copyOf(new Binding[] {jobs(), keys()}, 2 + more.length);
        System.arraycopy(more, 0, all, 2, more.length);
        return plan(List.of("seen_pkey"), all).orAlso("seen_before_pkey");
    }

    /** Of tables of a few rows it is all one by which index they are read, if by any. */
    private static Expected schedule(Binding... bindings) {
        return schedule(List.of(), bindings);
    }

    private static Expected schedule(List<String> indexes, Binding... bindings) {
        return plan(indexes, bindings)
                .orAlso("schedule_pkey", "schedule_name", "schedule_start", "schedule_run_pkey");
    }

    private static Binding jobs() {
        return bind("jobs", array("uuid", MANY, n -> jobId(n % 16 * 100)));
    }

    private static Binding keys() {
        return bind("keys", array("uuid", MANY, n -> jobId(n)));
    }

    private static Binding seqs() {
        return bind("seqs", array("int8", MANY, n -> "" + (n + 5_000)));
    }

    private static Binding count(String name) {
        return bind(name, array("int8", MANY, n -> "1"));
    }

    private static Binding id() {
        return bind("id", value("uuid", jobId(1)));
    }

    private static Binding tenant() {
        return bind("tenant", value("int8", "1"));
    }

    private static Binding text(String name) {
        return bind(name, value("text", name));
    }

    private static Binding time(String name) {
        return bind(name, value("timestamptz", NOW));
    }

    private static Binding limit(String name) {
        return bind(name, value("int4", "100"));
    }
}
