package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.Patience;
import io.gleaner.testing.Receiver;
import io.gleaner.testing.Receiver.Received;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Receivers are told, by the whole service. */
class WebhookIT {

    private static TestSite site;
    private static RunningService service;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.route("/told/*", (request, out) -> out.html("<p>Some words of a page.</p>"));
        service = RunningService.patient();
    }

    @AfterAll
    static void stop() {
        service.close();
        site.close();
    }

    private static Map<String, Object> job(int pages, Map<String, ?> webhook) {
        var urls = new ArrayList<String>();
        for (int i = 1; i <= pages; i++) {
            urls.add(site.url("/told/" + i).toString());
        }
        return Map.of("urls", urls, "webhook", webhook);
    }

    private static void awaitState(String job, String state) {
        await().atMost(Patience.LONG)
                .until(() -> service.get(job + "/webhook").path("state").asString().equals(state));
    }

    private static List<String> types(Receiver receiver) {
        return receiver.messages().stream().map(Received::type).toList();
    }

    @Test
    void aReceiverIsToldTheStartEachPageInOrderAndTheEndSigned() throws Exception {
        try (var receiver = new Receiver(message -> 204)) {
            String job =
                    service.submit(
                            job(
                                    3,
                                    Map.of(
                                            "url", receiver.url(),
                                            "headers", Map.of("X-Own", "mine"),
                                            "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
            awaitState(job, "done");

            assertThat(types(receiver))
                    .containsExactly(
                            "job.started", "job.page", "job.page", "job.page", "job.completed");
            assertThat(
                            receiver.messages().stream()
                                    .map(it -> it.json().at("/data/page/seq").asInt()))
                    .containsExactly(0, 1, 2, 3, 0);
            assertThat(receiver.messages()).extracting(Received::id).doesNotHaveDuplicates();
            Received page = receiver.messages().get(1);
            assertThat(page.json().at("/data/page/markdown").asString()).contains("Some words");
            assertThat(page.own()).isEqualTo("mine");
            assertThat(page.signature()).startsWith("v1,");
            assertThat(page.firecrawl()).startsWith("sha256=");
            assertThat(Instant.ofEpochSecond(Long.parseLong(page.timestamp())))
                    .isBetween(
                            Instant.now().minus(Duration.ofMinutes(5)),
                            Instant.now().plusSeconds(5));
        }
    }

    @Test
    void onlyTheWantedEventsAreToldInTheWantedShape() throws Exception {
        try (var receiver = new Receiver(message -> 200)) {
            String job =
                    service.submit(
                            job(
                                    2,
                                    Map.of(
                                            "url", receiver.url(),
                                            "events", List.of("page", "completed"),
                                            "payload", "firecrawl")));
            awaitState(job, "done");

            assertThat(types(receiver))
                    .containsExactly(
                            "batch_scrape.page", "batch_scrape.page", "batch_scrape.completed");
            JsonNode page = receiver.messages().getFirst().json();
            assertThat(page.path("success").asBoolean()).isTrue();
            assertThat(page.at("/data/0/markdown").asString()).contains("Some words");
            assertThat(page.at("/data/0/metadata/statusCode").asInt()).isEqualTo(200);
            assertThat(receiver.messages().getFirst().signature()).isNull();
        }
    }

    @Test
    void firecrawlsClientsNameAnAddressOrAnObjectAndAreToldAsTheyExpect() throws Exception {
        try (var receiver = new Receiver(message -> 200)) {
            String page = site.url("/told/1").toString();
            JsonNode crawl =
                    service.post(
                            "/v2/crawl",
                            Map.of("url", page, "limit", 1, "webhook", receiver.url()));
            assertThat(crawl.path("warning").isMissingNode()).as(crawl.toString()).isTrue();
            awaitState("/api/jobs/" + crawl.path("id").asString(), "done");
            assertThat(types(receiver))
                    .containsExactly("crawl.started", "crawl.page", "crawl.completed");
        }
        try (var receiver = new Receiver(message -> 200)) {
            JsonNode batch =
                    service.post(
                            "/v2/batch/scrape",
                            Map.of(
                                    "urls",
                                    List.of(site.url("/told/1").toString()),
                                    "webhook",
                                    Map.of(
                                            "url", receiver.url(),
                                            "events", List.of("completed"),
                                            "headers", Map.of("X-Own", "mine"),
                                            "metadata", Map.of("own", "1"))));
            assertThat(batch.path("warning").asString()).endsWith(": webhook.metadata");
            awaitState("/api/jobs/" + batch.path("id").asString(), "done");
            assertThat(types(receiver)).containsExactly("batch_scrape.completed");
            assertThat(receiver.messages().getFirst().own()).isEqualTo("mine");
        }
    }

    @Test
    void whatDoesNotArriveIsSentAgainUnderTheSameIdBeforeWhatFollows() throws Exception {
        var tries = new AtomicInteger();
        try (var receiver =
                new Receiver(
                        message ->
                                message.type().equals("job.page") && tries.incrementAndGet() == 1
                                        ? 500
                                        : 200)) {
            String job = service.submit(job(2, Map.of("url", receiver.url())));
            await().atMost(Patience.LONG)
                    .until(() -> service.get(job + "/webhook").path("attempts").asInt() == 1);
            assertThat(service.get(job + "/webhook").path("problem").asString())
                    .isEqualTo("it answered 500");
            awaitState(job, "done");

            assertThat(types(receiver))
                    .containsExactly(
                            "job.started", "job.page", "job.page", "job.page", "job.completed");
            assertThat(receiver.messages().get(1).id()).isEqualTo(receiver.messages().get(2).id());
        }
    }

    @Test
    void aReceiverThatIsGoneIsLeftAloneUntilItIsToldAgain() throws Exception {
        var gone = new AtomicInteger(410);
        try (var receiver = new Receiver(message -> gone.get())) {
            String job = service.submit(job(1, Map.of("url", receiver.url())));
            awaitState(job, "stopped");
            assertThat(receiver.messages()).hasSize(1);
            gone.set(200);

            assertThat(service.post(job + "/webhook/again?from=0").path("state").asString())
                    .isEqualTo("open");
            awaitState(job, "done");
            assertThat(types(receiver))
                    .containsExactly("job.started", "job.started", "job.page", "job.completed");
        }
    }

    @Test
    void retryAfterIsHeeded() throws Exception {
        try (var receiver = new Receiver(message -> 429)) {
            String job = service.submit(job(1, Map.of("url", receiver.url())));
            await().atMost(Patience.LONG)
                    .until(() -> service.get(job + "/webhook").path("attempts").asInt() == 1);

            assertThat(Instant.parse(service.get(job + "/webhook").path("nextAt").asString()))
                    .isAfter(Instant.now().plus(Duration.ofMinutes(50)));
        }
    }

    @Test
    void receiversThatHangHoldUpNobodyElse() throws Exception {
        var hanging = new ArrayList<Receiver>();
        try (var receiver = new Receiver(message -> 200)) {
            for (int i = 0; i < 20; i++) {
                var hung = new Receiver(message -> -1);
                hanging.add(hung);
                service.submit(job(1, Map.of("url", hung.url())));
            }
            await().atMost(Patience.LONG)
                    .until(() -> hanging.stream().noneMatch(it -> it.messages().isEmpty()));
            String job = service.submit(job(3, Map.of("url", receiver.url())));
            awaitState(job, "done");

            assertThat(types(receiver)).hasSize(5);
        } finally {
            hanging.forEach(Receiver::close);
        }
    }

    @Test
    void aWebhookOfAnotherTenantOrOfNoJobIsUnknown() throws Exception {
        String job = service.submit(job(1, Map.of("url", "http://127.0.0.1:1/")));

        assertThat(service.get("/api/webhooks").path("webhooks").path(0).path("job").asString())
                .isEqualTo(job.substring(job.lastIndexOf('/') + 1));
        String plain = service.submit(Map.of("urls", List.of(site.url("/told/1").toString())));
        assertThat(service.answer(plain + "/webhook").statusCode()).isEqualTo(404);
    }

    @Test
    void mistakesAreNamed() throws Exception {
        for (Map<String, ?> webhook :
                List.<Map<String, ?>>of(
                        Map.<String, String>of(),
                        Map.of("url", "ftp://a.example/"),
                        Map.of("url", "http://a.example/", "events", List.of("nope")),
                        Map.of("url", "http://a.example/", "headers", Map.of("webhook-id", "x")),
                        Map.of("url", "http://a.example/", "secret", " "))) {
            var answer = service.submission(job(1, webhook));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("webhook");
        }
    }
}
