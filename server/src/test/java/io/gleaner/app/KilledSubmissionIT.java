package io.gleaner.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is left of a submission when the real service is killed before it has answered. */
final class KilledSubmissionIT extends RestartedService {

    @Test
    void anUploadThatIsKilledBeforeItsEndLeavesNothing() throws Exception {
        int jobsBefore = jobs();
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), service().uri("/").getPort())) {
            var out = socket.getOutputStream();
            out.write(
                    """
                    POST /api/jobs HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Content-Type: application/x-ndjson\r
                    Content-Length: 200000000\r
                    \r
                    """
                            .getBytes(US_ASCII));
            // Far more than the buffers in between can hold, so most of it has been read.
            for (int chunk = 0; chunk < 20; chunk++) {
                out.write(closedPorts(chunk * 10_000, 10_000).getBytes(US_ASCII));
            }
            kill();
        }

        start();
        assertThat(jobs()).isEqualTo(jobsBefore);
        assertThat(tasksOfNoJob()).isZero();
    }

    @Test
    void aSubmissionThatIsKilledInItsTransactionCanBeSentAgain() throws Exception {
        int urls = 100_000;
        String lines = closedPorts(0, urls);
        int jobsBefore = jobs();
        var answer = service().sendAsync(upload(lines));
        LeftDatabase database = database();
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                answer.isDone()
                                        || database.number(
                                                        """
                                                        SELECT count(*)
                                                        FROM pg_stat_activity
                                                        WHERE query LIKE '%INSERT INTO task%'
                                                            AND xact_start IS NOT NULL
                                                            AND pid <> pg_backend_pid()
                                                        """)
                                                > 0);
        assertThat(answer).isNotDone();
        kill();

        start();
        assertThat(jobs()).isEqualTo(jobsBefore);
        assertThat(tasksOfNoJob()).isZero();
        var again = ServiceProcess.json(service().send(upload(lines)), 202);
        String job = again.path("links").path("self").asString();
        service().send(service().request(job).DELETE());
        Books books = database().books(job);
        assertThat(books.total()).isEqualTo(urls);
    }

    @Test
    void aSubmissionThatIsKilledBetweenItsInsertsAndItsCommitLeavesNothing() throws Exception {
        LeftDatabase database = database();
        int jobsBefore = jobs();
        try (var hold = HeldUp.at(database, "INSERT ON task")) {
            var answer = service().sendAsync(upload(closedPorts(0, 3)));
            hold.awaitSomebody();
            assertThat(answer).isNotDone();
            kill();
            hold.letGo();

            start();
            assertThat(jobs()).isEqualTo(jobsBefore);
            assertThat(tasksOfNoJob()).isZero();
        }
    }

    /** Those of the other tests' jobs may still be on their way out. */
    private static long tasksOfNoJob() throws Exception {
        return database()
                .number(
                        """
                        SELECT count(*)
                        FROM task
                        WHERE NOT EXISTS (SELECT FROM job WHERE job.id = task.job_id)
                        """);
    }

    private int jobs() throws Exception {
        return service().get("/api/jobs?limit=1000").path("jobs").size();
    }

    private HttpRequest.Builder upload(String lines) {
        return service()
                .request("/api/jobs")
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", "durability-" + lines.hashCode())
                .POST(BodyPublishers.ofString(lines));
    }

    /** URLs at which nobody listens, over 250 hosts. */
    private static String closedPorts(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "http://127.1.0.%d:1/a/long/enough/path/%d".formatted(i % 250, i))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
