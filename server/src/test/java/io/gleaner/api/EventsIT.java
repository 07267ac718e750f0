package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.job.FaultCode;
import io.gleaner.testing.ServerEvent;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-sent events of a job. */
@Timeout(300)
final class EventsIT {

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static List<ServerEvent> events(String job, String... headers) throws Exception {
        return ServerEvent.parse(api.get(job + "/events", headers).body());
    }

    private static List<ServerEvent> named(List<ServerEvent> events, String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    @Test
    void everyPageComesOnceInOrderAndThenTheEnd() throws Exception {
        String job = api.submit("order.example", 5);
        api.work(
                5,
                task ->
                        task.url().endsWith("2")
                                ? ApiFixture.fault(task, FaultCode.HTTP_CLIENT_ERROR, 404)
                                : ApiFixture.page(task));
        var answer = api.get(job + "/events");
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        List<ServerEvent> events = ServerEvent.parse(answer.body());
        assertThat(named(events, "page"))
                .extracting(ServerEvent::id)
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(named(events, "page"))
                .extracting(event -> event.json().path("fault").asString(""))
                .containsExactly("", "http_client_error", "", "", "");
        assertThat(events.getLast().name()).isEqualTo("end");
        assertThat(events.getLast().id()).isEqualTo("5-end");
        assertThat(events.getLast().json().path("state").asString()).isEqualTo("completed");
    }

    @Test
    void whoComesBackGetsWhatItHasNotHad() throws Exception {
        String job = api.submit("back.example", 5);
        api.work(5);
        assertThat(named(events(job, "Last-Event-ID", "3"), "page"))
                .extracting(ServerEvent::id)
                .containsExactly("4", "5");
        assertThat(events(job, "Last-Event-ID", "5"))
                .extracting(ServerEvent::name)
                .containsExactly("end");
        assertThat(api.get(job + "/events", "Last-Event-ID", "5-end").status()).isEqualTo(204);
    }

    @Test
    void eventsComeWhileTheJobRuns() throws Exception {
        String job = api.submit("live.example", 3);
        HttpResponse<InputStream> response =
                api.http.send(
                        api.request(job + "/events").GET().build(), BodyHandlers.ofInputStream());
        List<ServerEvent> seen = new CopyOnWriteArrayList<>();
        try (var thread = Executors.newSingleThreadExecutor()) {
            Future<?> reading = thread.submit(() -> ServerEvent.read(response.body(), seen::add));
            for (int done = 1; done <= 3; done++) {
                int pages = done;
                api.work(1);
                await().until(() -> named(seen, "page").size() == pages);
            }
            reading.get();
        }
        assertThat(seen.getLast().name()).isEqualTo("end");
        assertThat(named(seen, "progress")).isNotEmpty();
        assertThat(named(seen, "page").stream().mapToLong(event -> Long.parseLong(event.id())))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 3).boxed().toList());
    }

    @Test
    void whatIsNoEventIdOfOursIsRefused() throws Exception {
        String job = api.submit("id.example", 1);
        assertThat(api.get(job + "/events", "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(api.get("/api/jobs/" + UUID.randomUUID() + "/events").status()).isEqualTo(404);
        assertThat(api.get("/api/jobs/nonsense/events").status()).isEqualTo(400);
    }
}
