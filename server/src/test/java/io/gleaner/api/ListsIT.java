package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.access.NewKey;
import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.job.FaultCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists that filter and count, names and tags, and the same job once more. */
final class ListsIT {

    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aJobIsFoundByWhatItIsCalledAndWhatItIs() throws Exception {
        String shop = submit(Map.of("name", "Nightly Shop", "tags", List.of("shop", "eu", "shop")));
        String news = submit(Map.of("name", "news", "tags", List.of("eu")));
        String crawl = job("{\"crawl\": {\"url\": \"https://c.example/\"}}");

        assertThat(api.get(shop).json().path("name").asString()).isEqualTo("Nightly Shop");
        assertThat(api.get(shop).json().path("tags").size()).isEqualTo(2);
        assertThat(jobs("tag=eu")).containsExactly(news, shop);
        assertThat(jobs("tag=eu&order=oldest")).containsExactly(shop, news);
        assertThat(jobs("name=SHOP")).containsExactly(shop);
        assertThat(jobs("kind=crawl")).containsExactly(crawl);
        assertThat(jobs("kind=urls&tag=shop&state=running")).containsExactly(shop);
        assertThat(jobs("tag=e")).isEmpty();
        assertThat(jobs("until=" + Instant.now().minusSeconds(60))).isEmpty();
        assertThat(jobs("from=" + Instant.now().minusSeconds(60))).hasSize(3);
        JsonNode counted = api.get("/api/jobs?tag=eu&limit=1&count=true").json();
        assertThat(counted.path("count").asInt()).isEqualTo(2);
        assertThat(jobs("tag=eu&cursor=" + counted.path("next").asString())).containsExactly(shop);
        assertThat(jobs("tag=eu&order=oldest&cursor=" + shop.substring(shop.lastIndexOf('/') + 1)))
                .containsExactly(news);
    }

    @ParameterizedTest
    @CsvSource({
        "name=, name",
        "tag=%00, tag",
        "kind=other, kind",
        "from=yesterday, from",
        "until=+1000000000-01-01T00:00:00Z, until",
        "order=up, order",
    })
    void aFilterThatIsNoneIsRefused(String query, String field) throws Exception {
        Answer answer = api.get("/api/jobs?" + query.replace("+", "%2B"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "{\"name\": \" \"}, name",
        "{\"name\": \"a\\nb\"}, name",
        "'{\"tags\": [\"ok\", \"a b\"]}', tags[1]",
        "'{\"tags\": [\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]}', tags",
    })
    void aLabelThatIsNoneIsRefused(String body, String field) throws Exception {
        Answer answer = api.post("/api/jobs", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void pagesAreFoundByWhatCameOfThem() throws Exception {
        String job = workedThrough("pages.example");

        assertThat(seqs(job, "outcome=content")).containsExactly(1L, 3L, 5L, 6L, 7L, 8L, 9L);
        assertThat(seqs(job, "outcome=fault&order=newest")).containsExactly(10L, 4L, 2L);
        assertThat(seqs(job, "fault=http_client_error")).containsExactly(2L, 4L);
        assertThat(seqs(job, "fault=http_client_error&order=newest&limit=1")).containsExactly(4L);
        assertThat(seqs(job, "fault=http_client_error&order=newest&cursor=4")).containsExactly(2L);
        assertThat(seqs(job, "fault=http_client_error&cursor=2")).containsExactly(4L);
        assertThat(seqs(job, "status=404")).containsExactly(2L, 4L);
        assertThat(seqs(job, "status=503&outcome=content")).isEmpty();
        assertThat(seqs(job, "url=https://pages.example/1")).containsExactly(1L, 10L);
        assertThat(seqs(job, "url=https://pages.example/1&cursor=1")).containsExactly(10L);
        assertThat(seqs(job, "url=https://pages.example/&fault=timeout")).containsExactly(10L);
        assertThat(seqs(job, "order=newest&limit=2")).containsExactly(10L, 9L);
        JsonNode whole = api.get(job + "/pages?status=404&count=true").json();
        assertThat(whole.path("count").asInt()).isEqualTo(2);
        assertThat(whole.at("/pages/1/fault/code").asString()).isEqualTo("http_client_error");
        assertThat(whole.path("next").isNull()).isTrue();
        assertThat(api.get(job + "/pages?count=true&limit=1").json().path("count").asInt())
                .isEqualTo(10);
        assertThat(api.get(job + "/faults/counts").body())
                .isEqualTo("{\"faults\":{\"http_client_error\":2,\"timeout\":1}}");
        assertThat(
                        api.get(job + "/pages?fault=timeout", "Accept", "application/x-ndjson")
                                .body()
                                .lines())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "url=https://a.example/&order=newest, order",
        "fault=none, fault",
        "status=1, status",
        "url=, url",
        "outcome=good, outcome",
    })
    void aFilterOfPagesThatIsNoneIsRefused(String query, String field) throws Exception {
        String job = api.submit("refused.example", 1);
        Answer answer = api.get(job + "/pages?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void aListIsSubmittedOnceMoreWithTheSameOptionsAndAKeyMakesItOne() throws Exception {
        String job = workedThrough("again.example");

        Answer again = api.post(job + "/rerun", "{}", "Idempotency-Key", "k");
        Answer repeated = api.post(job + "/rerun", "{}", "Idempotency-Key", "k");
        Answer other =
                api.post(workedThrough("other.example") + "/rerun", "{}", "Idempotency-Key", "k");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Location")).isNotEqualTo(job);
        assertThat(again.json().path("total").asInt()).isEqualTo(10);
        assertThat(again.json().path("name").asString()).isEqualTo("again.example");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.text("id")).isEqualTo(again.text("id"));
        assertThat(other.text("code")).isEqualTo("idempotency_conflict");
    }

    @Test
    void aCrawlBeginsAgainAtItsStartAndAListThatIsNotKnownIsRefused() throws Exception {
        String crawl = job("{\"crawl\": {\"url\": \"https://crawl.example/\"}}");
        assertThat(
                        api.send(
                                        api.request(crawl + "/rerun")
                                                .method(
                                                        "POST",
                                                        java.net.http.HttpRequest.BodyPublishers
                                                                .noBody()))
                                .json()
                                .path("total")
                                .asInt())
                .isEqualTo(1);

        String list = api.submit("half.example", 2);
        Answer refused = api.post(list + "/rerun", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("urls_unknown");
        assertThat(api.post("/api/jobs/0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60/rerun", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void secretsThatAreGoneAreAskedFor() throws Exception {
        String job =
                job(
                        "{\"urls\": [\"https://secret.example/\"], \"headers\": {\"X-Api-Key\":"
                                + " \"s\"}}");
        api.work(1);

        Answer refused = api.post(job + "/rerun", "{}");
        Answer given = api.post(job + "/rerun", "{\"headers\": {\"X-Api-Key\": \"t\"}}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("secrets_gone");
        assertThat(refused.text("detail")).contains("send them again");
        assertThat(given.status()).isEqualTo(202);
    }

    @Test
    void aJobWhosePasswordIsGoneIsSubmittedAnew() throws Exception {
        String job =
                job(
                        """
                        {"urls": ["https://secret.example/"], "basicAuth":
                         {"origin": "https://secret.example", "username": "u", "password": "p"}}
                        """);
        api.work(1);

        Answer refused = api.post(job + "/rerun", "{\"headers\": {\"X-Api-Key\": \"t\"}}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("secrets_gone");
        assertThat(refused.text("detail")).contains("submit it anew");
    }

    @Test
    void anotherTenantFindsNothing() throws Exception {
        String job = submit(Map.of("name", "mine", "tags", List.of("mine")));
        String bob = api.keys.create(NewKey.named("bob").of("b")).secret();
        org.awaitility.Awaitility.await().until(() -> api.get("/api/jobs").status() == 401);

        String[] as = {"Authorization", "Bearer " + bob};
        assertThat(api.get("/api/jobs?tag=mine&count=true", as).json().path("count").asInt())
                .isZero();
        assertThat(api.get(job + "/faults/counts", as).status()).isEqualTo(404);
        assertThat(api.post(job + "/rerun", "{}", as).status()).isEqualTo(404);
    }

    /** Of ten pages the second and fourth are 404, the tenth is a timeout. */
    private String workedThrough(String host) throws Exception {
        var urls =
                java.util.stream.IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "https://%s/%d".formatted(host, i))
                        .toList();
        String job =
                job(
                        ApiFixture.JSON.writeValueAsString(
                                Map.of("urls", urls, "name", host, "formats", List.of("text"))));
        api.work(
                10,
                task ->
                        switch (task.url().substring(task.url().lastIndexOf('/') + 1)) {
                            case "2", "4" ->
                                    ApiFixture.fault(task, FaultCode.HTTP_CLIENT_ERROR, 404);
                            case "10" -> ApiFixture.fault(task, FaultCode.TIMEOUT, null);
                            default -> ApiFixture.page(task);
                        });
        return job;
    }

    private String submit(Map<String, Object> labels) throws Exception {
        var body = new java.util.HashMap<>(labels);
        body.put("urls", List.of("https://a.example/"));
        return job(ApiFixture.JSON.writeValueAsString(body));
    }

    private String job(String body) throws Exception {
        Answer answer = api.post("/api/jobs", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.header("Location");
    }

    private List<String> jobs(String query) throws Exception {
        return api.get("/api/jobs?" + query)
                .json()
                .path("jobs")
                .valueStream()
                .map(job -> job.at("/links/self").asString())
                .toList();
    }

    private List<Long> seqs(String job, String query) throws Exception {
        var brief = api.get(job + "/pages?brief=true&" + query).json().path("pages");
        var whole = api.get(job + "/pages?" + query).json().path("pages");
        List<Long> seqs = brief.valueStream().map(page -> page.path("seq").asLong()).toList();
        assertThat(whole.valueStream().map(page -> page.path("seq").asLong()).toList())
                .isEqualTo(seqs);
        return seqs;
    }
}
