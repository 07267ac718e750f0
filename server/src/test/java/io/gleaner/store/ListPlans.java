package io.gleaner.store;

import static io.gleaner.store.StatementPlansIT.bind;
import static io.gleaner.store.StatementPlansIT.job;
import static io.gleaner.store.StatementPlansIT.jobId;
import static io.gleaner.store.StatementPlansIT.plan;
import static io.gleaner.store.StatementPlansIT.value;
import static java.util.Map.entry;

import io.gleaner.store.StatementPlansIT.Binding;
import io.gleaner.store.StatementPlansIT.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The plans of lists that filter, for {@link StatementPlansIT}. */
final class ListPlans {

    /** What the primary key and page_fault are called in a partition. */
    private static final String KEY = "page_pkey";

    private static final String FAULT = "page_job_id_seq_idx";

    static final Map<String, Expected> EXPECTED =
            Map.ofEntries(
                    entry("page-find", page(KEY, "NULL", "NULL", true)),
                    entry("page-find-newest", page(KEY, "NULL", "NULL", true)),
                    entry("page-count", page(KEY, "NULL", "NULL", false)),
                    entry("page-find-faults", page(FAULT, "NULL", "NULL", true)),
                    entry("page-find-faults-newest", page(FAULT, "NULL", "NULL", true)),
                    entry("page-count-faults", page(FAULT, "NULL", "NULL", false)),
                    entry("page-find-code", page("page_code", "'DNS_FAILURE'", "NULL", true)),
                    entry("page-find-code-newest", page("page_code", "'TIMEOUT'", "NULL", true)),
                    entry("page-count-code", page("page_code", "'TIMEOUT'", "NULL", false)),
                    entry("page-find-status", page("page_status", "NULL", "404", true)),
                    entry("page-find-status-newest", page("page_status", "NULL", "200", true)),
                    entry("page-count-status", page("page_status", "NULL", "404", false)),
                    entry("page-find-url", byUrl(true, KEY, "page_url")),
                    entry("page-count-url", byUrl(false, "page_url")),
                    entry(
                            "page-read-some",
                            plan(
                                    List.of(KEY),
                                    bind("job", job()),
                                    bind("seqs", value("int8[]", "{1,2,3}")))),
                    entry(
                            "page-faults",
                            plan(
                                    List.of("page_code"),
                                    bind("job", job()),
                                    bind("codes", value("text[]", "{TIMEOUT,DNS_FAILURE}")),
                                    bind("limit", value("int4", "10000")))),
                    entry("job-find-newest", jobs("job_pkey", "job_search")),
                    entry("job-find-oldest", jobs("job_pkey", "job_search")),
                    entry("job-count", jobs("job_search")),
                    entry(
                            "overview-workers",
                            plan(List.of("host_owner"), bind("limit", value("int4", "200")))),
                    // Of hosts that have tasks no index tells how many.
                    entry(
                            "overview-hosts",
                            plan(List.of(), bind("limit", value("int4", "200"))).reading("host")),
                    entry(
                            "job-find-to-repeat",
                            plan(
                                    List.of("job_pkey", "webhook_pkey"),
                                    bind("id", value("uuid", jobId(4_000))))));

    private ListPlans() {}

    private static Expected page(String index, String code, String status, boolean cursor) {
        var bindings = common(code, status);
        if (cursor) {
            bindings.add(bind("cursor", value("int8", "100")));
        }
        return plan(List.of(index), bindings.toArray(Binding[]::new));
    }

    private static Expected byUrl(boolean cursor, String... indexes) {
        var bindings = common("NULL", "NULL");
        bindings.add(bind("prefix", value("text", "http://a.example/5")));
        if (cursor) {
            bindings.add(bind("cursor", value("int8", "0")));
        }
        return plan(List.of(indexes), bindings.toArray(Binding[]::new));
    }

    private static List<Binding> common(String code, String status) {
        return new ArrayList<>(
                List.of(
                        bind("job", job()),
                        bind("code", new StatementPlansIT.Value("text", code)),
                        bind("status", new StatementPlansIT.Value("int4", status)),
                        bind("faulty", new StatementPlansIT.Value("bool", "NULL")),
                        bind("limit", value("int4", "100"))));
    }

    private static Expected jobs(String... indexes) {
        return plan(
                List.of(indexes),
                bind("tenant", value("int8", "1")),
                bind("from", value("uuid", jobId(0))),
                bind("until", value("uuid", jobId(19_999))),
                bind("after", value("uuid", jobId(0))),
                bind("before", value("uuid", jobId(19_999))),
                bind("state", new StatementPlansIT.Value("text", "NULL")),
                bind("kind", new StatementPlansIT.Value("text", "NULL")),
                bind("name", value("text", "nightly")),
                bind("tag", value("text", "shop")),
                bind("limit", value("int4", "50")));
    }
}
