package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.port.MapAnswer;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Submit, watch, cancel, scrape, map and hosts over the wire and on a real database. */
final class ApiIT {

    private static ApiFixture api;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stop() {
        threads.close();
        api.close();
    }

    @Test
    void aSubmittedJobIsAcceptedAndFoundAtItsLocation() throws Exception {
        Answer submitted =
                api.post("/api/jobs", "{\"urls\": [\"https://one.example/\"], \"priority\": 2}");

        assertThat(submitted.status()).isEqualTo(202);
        assertThat(submitted.text("state")).isEqualTo("running");
        assertThat(submitted.text("kind")).isEqualTo("urls");
        assertThat(submitted.json().path("total").asInt()).isEqualTo(1);
        Answer status = api.get(submitted.header("Location"));
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.text("id")).isEqualTo(submitted.text("id"));
        assertThat(status.header("ETag")).isEqualTo(submitted.header("ETag"));
        api.work(10);
    }

    @Test
    void nothingIsStoredWhenTheLastUrlIsWrong() throws Exception {
        long before = api.get("/api/jobs?limit=1000").json().path("jobs").size();

        Answer refused =
                api.post("/api/jobs", "{\"urls\": [\"https://a.example/\", \"javascript:1\"]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.text("field")).isEqualTo("urls[1]");
        assertThat(refused.text("value")).isEqualTo("javascript:1");
        assertThat(api.get("/api/jobs?limit=1000").json().path("jobs").size()).isEqualTo(before);
    }

    @Test
    void theSameKeyAndBodyFindTheSameJobAndAnotherBodyConflicts() throws Exception {
        String body = "{\"urls\": [\"https://same.example/\"]}";
        String key = UUID.randomUUID().toString();

        Answer first = api.post("/api/jobs", body, "Idempotency-Key", key);
        Answer second = api.post("/api/jobs", body, "Idempotency-Key", key);
        Answer other = api.post("/api/jobs", body + " ", "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("idempotency_conflict");
        assertThat(other.text("job")).isEqualTo(first.header("Location"));
        api.work(10);
    }

    @Test
    void aKeyThatIsJustBeingStoredIsToldToComeAgain() throws Exception {
        String body = "{\"urls\": [\"https://same.example/\"]}";
        String key = UUID.randomUUID().toString();

        Answer busy = whileHeld(key, () -> api.post("/api/jobs", body, "Idempotency-Key", key));
        Answer again = api.post("/api/jobs", body, "Idempotency-Key", key);

        assertThat(busy.status()).isEqualTo(409);
        assertThat(busy.text("code")).isEqualTo("idempotency_in_progress");
        assertThat(busy.header("Retry-After")).isEqualTo("1");
        assertThat(again.status()).isEqualTo(202);
        api.work(10);
    }

    /** While a transaction has the key that has not committed yet. */
    private static Answer whileHeld(String key, Callable<Answer> call) {
        return api.database
                .maintenance()
                .run(
                        "test-hold",
                        handle -> {
                            handle.createQuery(
                                            "SELECT pg_advisory_xact_lock(hashtextextended(:key,"
                                                    + " 0))::text")
                                    .bind("key", key)
                                    .mapTo(String.class)
                                    .one();
                            try {
                                return call.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @Test
    void aLongPollAnswersWhenTheJobEnds() throws Exception {
        String job = api.submit("end.example", 2);
        var polled = later(() -> api.get(job + "?wait=20s"));

        api.work(1);
        assertThat(polled).isNotDone();
        api.work(1);

        Answer answer = polled.get();
        assertThat(answer.text("state")).isEqualTo("completed");
        assertThat(answer.json().path("done").asInt()).isEqualTo(2);
        assertThat(answer.json().path("pagesPerSecond").asDouble()).isPositive();
    }

    @Test
    void aLongPollThatKnowsTheStateAnswersAtTheNextChange() throws Exception {
        String job = api.submit("change.example", 2);
        String etag = api.get(job).header("ETag");
        var polled = later(() -> api.get(job + "?wait=20s", "If-None-Match", etag));

        api.work(1);

        Answer answer = polled.get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("state")).isEqualTo("running");
        assertThat(answer.json().path("done").asInt()).isEqualTo(1);
        api.work(1);
    }

    @Test
    void anUnchangedJobIsNotSentAgain() throws Exception {
        String job = api.submit("unchanged.example", 1);
        String etag = api.get(job).header("ETag");

        Answer same = api.get(job, "If-None-Match", "\"other\", " + etag);
        Answer waited = api.get(job + "?wait=50ms", "If-None-Match", etag);

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(waited.status()).isEqualTo(304);
        assertThat(api.get(job, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        api.work(1);
    }

    @Test
    void cancellingTwiceIsCancellingOnce() throws Exception {
        String job = api.submit("cancel.example", 3);

        assertThat(api.delete(job).text("state")).isEqualTo("cancelled");
        Answer again = api.delete(job);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("state")).isEqualTo("cancelled");
        assertThat(api.get(job + "?wait=20s").text("state")).isEqualTo("cancelled");
    }

    @Test
    void unknownJobsAndIdsThatAreNoneAreToldApart() throws Exception {
        String unknown = "/api/jobs/" + UUID.randomUUID();

        for (String path : List.of(unknown, unknown + "/pages", unknown + "/faults")) {
            assertThat(api.get(path).text("code")).isEqualTo("unknown_job");
            assertThat(api.get(path).status()).isEqualTo(404);
        }
        assertThat(api.delete(unknown).status()).isEqualTo(404);
        assertThat(
                        api.get(unknown.toUpperCase(Locale.ROOT).replace("/API/JOBS", "/api/jobs"))
                                .text("code"))
                .isEqualTo("unknown_job");
        for (String none :
                List.of("1-1-1-1-1", "+0000000-0000-4000-8000-000000000000", "x".repeat(36))) {
            assertThat(api.get("/api/jobs/" + none).text("code")).isEqualTo("invalid_id");
        }
        assertThat(api.get("/api/jobs/nonsense/pages").status()).isEqualTo(400);
    }

    @Test
    void listsNewestFirstByStateAndCursor() throws Exception {
        String one = api.submit("list.example", 1);
        String two = api.submit("list.example", 1);
        api.delete(one);
        api.delete(two);

        Answer first = api.get("/api/jobs?state=cancelled&limit=1");
        Answer second = api.get("/api/jobs?state=cancelled&limit=1&cursor=" + first.text("next"));

        assertThat("/api/jobs/" + first.json().at("/jobs/0/id").asString()).isEqualTo(two);
        assertThat("/api/jobs/" + second.json().at("/jobs/0/id").asString()).isEqualTo(one);
        assertThat(api.get("/api/jobs?state=done").text("accepted"))
                .isEqualTo("running, completed, cancelled, failed");
        assertThat(api.get("/api/jobs?limit=0").status()).isEqualTo(400);
        assertThat(api.get("/api/jobs?cursor=x").status()).isEqualTo(400);
        assertThat(api.get("/api/jobs?page=2").text("code")).isEqualTo("unknown_parameter");
        assertThat(api.get("/api/jobs?limit=1&limit=2").status()).isEqualTo(400);
    }

    @Test
    void aListShowsAtOnceWhatWasSubmittedAndCancelledHere() throws Exception {
        for (int i = 0; i < 10; i++) {
            String job = api.submit("list.example", 1);
            assertThat(newest()).isEqualTo(job + " running");
            api.delete(job);
            assertThat(newest()).isEqualTo(job + " cancelled");
        }
    }

    private static String newest() throws Exception {
        JsonNode job = api.get("/api/jobs?limit=1").json().at("/jobs/0");
        return "/api/jobs/%s %s"
                .formatted(job.required("id").asString(), job.required("state").asString());
    }

    @Test
    void aJobThatWaitsSaysWhichHostItWaitsForAndWhy() throws Exception {
        String job = api.submit("slow.example:8080", 3);
        api.postpone(Duration.ofMinutes(5), "it answered 429");

        var waiting = api.get(job).json().path("waiting");
        Answer host = api.get("/api/hosts/SLOW.example%3A8080");

        assertThat(waiting.size()).isEqualTo(1);
        assertThat(waiting.at("/0/host").asString()).isEqualTo("slow.example:8080");
        assertThat(waiting.at("/0/reason").asString()).isEqualTo("it answered 429");
        assertThat(waiting.at("/0/backlog").asInt()).isEqualTo(3);
        assertThat(host.text("why")).startsWith("It waits until ").endsWith("it answered 429.");
        assertThat(host.text("crawlDelay")).isEqualTo("PT2S");
        assertThat(host.json().at("/robots/verdict").asString()).isEqualTo("allowed with 3 rules");
        assertThat(api.get("/api/hosts/never.example").text("code")).isEqualTo("unknown_host");
        assertThat(api.get("/api/hosts/a%00b").text("code")).isEqualTo("unknown_host");
        assertThat(api.delete(job).json().path("waiting").size()).isZero();
    }

    @Test
    void aScrapeAnswersThePage() throws Exception {
        var scraped =
                later(() -> api.post("/api/scrape", "{\"url\": \"https://scrape.example/\"}"));

        workUntilDone(scraped, ApiFixture::page);

        Answer page = scraped.get();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text("url")).isEqualTo("https://scrape.example/");
        assertThat(page.text("markdown")).isEqualTo("# https://scrape.example/");
        assertThat(api.get(page.header("Location")).text("kind")).isEqualTo("scrape");
    }

    @Test
    void aScrapeThatComesToAFaultAnswersTheFault() throws Exception {
        var gone = later(() -> api.post("/api/scrape", "{\"url\": \"https://gone.example/\"}"));
        workUntilDone(gone, task -> ApiFixture.fault(task, FaultCode.HTTP_CLIENT_ERROR, 410));
        var robots = later(() -> api.post("/api/scrape", "{\"url\": \"https://no.example/\"}"));
        workUntilDone(robots, task -> ApiFixture.fault(task, FaultCode.ROBOTS_DISALLOWED, null));

        assertThat(gone.get().status()).isEqualTo(502);
        assertThat(gone.get().text("code")).isEqualTo("http_client_error");
        assertThat(gone.get().json().path("siteStatus").asInt()).isEqualTo(410);
        assertThat(gone.get().text("job")).startsWith("/api/jobs/");
        assertThat(robots.get().status()).isEqualTo(403);
        assertThat(robots.get().text("code")).isEqualTo("robots_disallowed");
    }

    @Test
    void aScrapeThatTakesTooLongNamesItsJob() throws Exception {
        Answer late =
                api.post("/api/scrape", "{\"url\": \"https://late.example/\", \"timeout\": 0.2}");

        assertThat(late.status()).isEqualTo(408);
        assertThat(late.text("code")).isEqualTo("scrape_timeout");
        assertThat(late.header("Location")).isEqualTo(late.text("job"));
        assertThat(api.get(late.text("job")).text("state")).isEqualTo("running");
        assertThat(api.delete(late.text("job")).status()).isEqualTo(200);
    }

    @Test
    void aMapAnswersLinksOrTheFault() throws Exception {
        assertThat(api.post("/api/map", "{\"url\": \"https://a.example/\"}").body())
                .isEqualTo("{\"links\":[\"https://a.example/\"]}");
        MapAnswer before =
                api.mapped.getAndSet(new MapAnswer.NoAnswer(FaultCode.DNS_FAILURE, "no such name"));
        Answer none = api.post("/api/map", "{\"url\": \"https://a.example/\"}");
        api.mapped.set(before);

        assertThat(none.status()).isEqualTo(502);
        assertThat(none.text("code")).isEqualTo("dns_failure");
        assertThat(none.text("detail")).isEqualTo("no such name");
    }

    @Test
    void aDatabaseThatIsGoneIsA503ThatDoesNotLeak() throws Exception {
        try (var broken = new ApiFixture(ApiFixture.CONFIG)) {
            broken.database.close();

            Answer answer = broken.get("/api/jobs");

            assertThat(answer.status()).isIn(500, 503);
            assertThat(answer.text("id")).hasSize(16);
            assertThat(answer.body()).doesNotContain("Hikari").doesNotContain("io.gleaner");
        }
    }

    private static void workUntilDone(
            CompletableFuture<Answer> answer, Function<Task, Page> fetch) {
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            api.work(10, fetch);
                            return answer.isDone();
                        });
    }

    private static CompletableFuture<Answer> later(Callable<Answer> call) {
        var answer = new CompletableFuture<Answer>();
        threads.execute(
                () -> {
                    try {
                        answer.complete(call.call());
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }
}
