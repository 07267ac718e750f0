package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.access.AccessKeys;
import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.profile.RollingRecording;
import io.gleaner.store.SubmitConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flame graphs of a running server. */
final class ProfileIT {

    @TempDir private Path dir;

    private final ApiFixture api = new ApiFixture(ApiFixture.CONFIG);

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer profile(String query) throws Exception {
        return api.get("/admin/profile?seconds=1" + query);
    }

    @Test
    void itIsAPageOfItsOwnOrTheRecordingItself() throws Exception {
        Answer page = profile("&event=alloc");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("Gleaner, alloc, 1 s", "bytes allocated");
        Answer recording = profile("&event=park&format=jfr");
        assertThat(recording.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(recording.body()).startsWith("FLR\0");
        assertThat(profile("&event=heat").text("accepted")).contains("cpu", "alloc");
        assertThat(api.get("/admin/profile?seconds=121").status()).isEqualTo(400);
    }

    @Test
    void oneIsRecordedAtATime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> both =
                    Stream.of("", "").map(query -> threads.submit(() -> profile(query))).toList();
            assertThat(List.of(both.get(0).get().status(), both.get(1).get().status()))
                    .containsExactlyInAnyOrder(200, 409);
        }
        assertThat(profile("").status()).isEqualTo(200);
    }

    @Test
    void whatWasRecordedBeforeIsRecalled() throws Exception {
        try (var past = RollingRecording.start(new SimpleMeterRegistry());
                var remembering =
                        new ApiFixture(ApiFixture.CONFIG, SubmitConfig.standard(), past)) {
            assertThat(remembering.get("/api/jobs").status()).isEqualTo(200);
            System.gc(); // Stops all threads, so there is something to recall.
            Answer page = remembering.get("/admin/profile?past=5m");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("Gleaner, cpu, the last 5m");
            assertThat(eventsOf(remembering, "past=5m"))
                    .contains("jdk.SafepointBegin")
                    .allMatch(event -> event.startsWith("jdk."));
            assertThat(remembering.get("/admin/profile?past=11m").status()).isEqualTo(400);
            assertThat(remembering.get("/admin/profile?past=5m&event=park").status())
                    .isEqualTo(400);
            assertThat(remembering.get("/admin/profile?past=5m&seconds=5").status()).isEqualTo(400);
        }
    }

    @Test
    void aRecordingHasNoStatementsWithTheirParameters() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Set<String>> events =
                    threads.submit(() -> eventsOf(api, "seconds=1&event=park"));
            while (!events.isDone()) {
                api.get("/api/jobs");
            }
            assertThat(events.get()).contains("jdk.ThreadPark").doesNotContain("jdbi.statement");
        }
    }

    /** Of a recording. */
    private Set<String> eventsOf(ApiFixture of, String query) throws Exception {
        var request = of.request("/admin/profile?format=jfr&" + query).GET().build();
        var file = BodyHandlers.ofFile(dir.resolve("a.jfr"));
        return RecordingFile.readAllEvents(of.http.send(request, file).body()).stream()
                .map(event -> event.getEventType().getName())
                .collect(Collectors.toSet());
    }

    @Test
    void withoutTheRecorderThereIsNoPast() throws Exception {
        Answer refused = api.get("/admin/profile?past=5m");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("recorder_off");
    }

    @Test
    void onceThereAreKeysItNeedsAnOperators() throws Exception {
        AccessKeys.Created user = api.keys.create(NewKey.named("shop"));
        AccessKeys.Created operator = api.keys.create(NewKey.named("operator").with(Scope.ADMIN));
        await().until(() -> profile("").status() == 401);
        Answer refused = with(user);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("code")).isEqualTo("admin_only");
        assertThat(with(operator).status()).isEqualTo(200);
    }

    private Answer with(AccessKeys.Created key) throws Exception {
        return api.get(
                "/admin/profile?seconds=1&event=lock", "Authorization", "Bearer " + key.secret());
    }
}
