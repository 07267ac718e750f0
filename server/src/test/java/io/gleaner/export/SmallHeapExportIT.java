package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.CacheState;
import io.gleaner.job.Candidate;
import io.gleaner.job.Capture;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Job;
import io.gleaner.job.JobKind;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.store.HostLease;
import io.gleaner.store.TestStore;
import io.gleaner.store.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A job that is larger than the heap is exported in every format. {@code -Dgleaner.export.pages}
 * says how many pages it has, {@code -Dgleaner.export.heap} how large the heap is.
 */
final class SmallHeapExportIT {

    private static final long PAGES = Long.getLong("gleaner.export.pages", 20_000);
    private static final String HEAP = System.getProperty("gleaner.export.heap", "40m");

    private static TestStore store;
    private static Job job;

    @BeforeAll
    static void fill() {
        store = new TestStore();
        var spec =
                new JobSpec(
                        JobKind.URLS,
                        null,
                        ContentSpec.standard(),
                        FetchSpec.standard().withWarc(true),
                        5);
        String url = "http://a.example/0";
        job = store.submit(spec, List.of(new Candidate(url, "a.example", UUID.randomUUID(), 0)));
        for (HostLease lease : store.queues.lease(UUID.randomUUID(), 1, 1)) {
            var task = lease.tasks().getFirst().task();
            store.settlement.settle(
                    List.of(new Verdict.Concluded(task, lease.lease(), page(url), List.of())));
        }
        store.execute(
                """
                INSERT INTO page (job_id, seq, url, status, fetched_at, meta, content)
                SELECT job_id, n, 'http://a.example/' || n, status, fetched_at, meta, content
                FROM page, generate_series(2, %1$d) n
                WHERE job_id = '%2$s' AND seq = 1
                """
                        .formatted(PAGES, job.id()));
        store.execute(
                """
                INSERT INTO capture (job_id, seq, content)
                SELECT job_id, n, content
                FROM capture, generate_series(2, %1$d) n
                WHERE job_id = '%2$s' AND seq = 1
                """
                        .formatted(PAGES, job.id()));
        store.execute(
                "UPDATE job SET done = %d, total = %1$d WHERE id = '%s'"
                        .formatted(PAGES, job.id()));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    /** 4 KB of words, which compress as text does. */
    private static Page page(String url) {
        var random = new Random(1);
        var text = new StringBuilder("[home](http://a.example/0)\n\n");
        while (text.length() < 4_000) {
            text.append(Integer.toString(random.nextInt(40_000), 36)).append(' ');
        }
        byte[] body = text.toString().getBytes(UTF_8);
        var exchange =
                new Capture.Exchange(
                        url,
                        Instant.EPOCH,
                        "http/1.1",
                        "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                        body,
                        true);
        return new Page.Content(
                url,
                url,
                200,
                Instant.EPOCH,
                0,
                "text/html",
                new PageContent(
                        text.toString(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of("title", "T"),
                        null),
                CacheState.MISS,
                null,
                List.of(exchange));
    }

    @Test
    void everyFormatIsWrittenWithAHeapThatDoesNotHoldTheJob() throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx" + HEAP,
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                SmallHeapExport.class.getName(),
                                store.access.url(),
                                store.access.user(),
                                store.access.password(),
                                job.id().toString()));
        Arrays.stream(ExportFormat.values()).map(ExportFormat::wireName).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(output).contains(format.wireName() + " ");
        }
        if (Boolean.getBoolean("gleaner.export.say")) {
            System.out.println(output);
        }
    }
}
