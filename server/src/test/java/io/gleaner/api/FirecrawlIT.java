package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.dashboard.History;
import io.gleaner.api.guard.Drain;
import io.gleaner.api.operation.Health;
import io.gleaner.api.wire.Route;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.job.FaultCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Firecrawl's API and the assistants', where a test in the place of the worker sees more. */
final class FirecrawlIT {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}";

    private final ApiFixture api = new ApiFixture(ApiFixture.CONFIG);

    @AfterEach
    void stop() {
        api.close();
    }

    private List<Route> foreign() {
        try (var caches =
                new Caches(
                        SharedStore.NONE, Bus.NONE, new SimpleMeterRegistry(), api.parts.clock())) {
            var drain = new Drain();
            var health = new Health(api.parts.readiness(), drain, () -> false);
            var routes =
                    Routes.of(
                            ApiFixture.CONFIG,
                            api.partsWith(caches),
                            drain,
                            health,
                            History.idle(new SimpleMeterRegistry(), api.parts.clock()));
            var foreign = new ArrayList<>(routes.all());
            foreign.removeIf(
                    route ->
                            routes.own().stream()
                                    .anyMatch(own -> own.template().equals(route.template())));
            return foreign;
        }
    }

    private String key(String tenant, Set<Scope> scopes) {
        return api.keys
                .create(
                        NewKey.named(tenant + scopes.size())
                                .of(tenant)
                                .with(scopes.toArray(Scope[]::new)))
                .secret();
    }

    private void keysAreKnown() {
        await().until(() -> api.get("/api/jobs").status() == 401);
    }

    private Answer as(String key, String method, String path, String body) throws Exception {
        return api.send(
                api.request(path)
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key));
    }

    @Test
    void noRouteTellsOneTenantOfAnother() throws Exception {
        String alice = key("a", Scope.STANDARD);
        String bob = key("b", Scope.STANDARD);
        keysAreKnown();
        String body =
                "{\"urls\":[\"https://a.example/1\",\"https://a.example/2\",\"https://a.example/3\"]}";
        String running = as(alice, "POST", "/v2/batch/scrape", body).text("id");
        api.work(1);
        String ended =
                as(alice, "POST", "/v2/crawl", "{\"url\":\"https://e.example/\"}").text("id");
        api.work(1);

        Map<String, String> before = answers(bob, UUID.randomUUID().toString());
        assertThat(answers(bob, running)).isEqualTo(before);
        assertThat(answers(bob, ended)).isEqualTo(before);
        assertThat(before).hasSizeGreaterThan(15);

        Answer still = as(alice, "GET", "/v2/batch/scrape/" + running, "");
        assertThat(still.text("status")).isEqualTo("scraping");
        assertThat(still.json().path("data").size()).isEqualTo(2);
    }

    /** What every route that names a job, or lists what there is, answers. */
    private Map<String, String> answers(String key, String job) throws Exception {
        var answers = new LinkedHashMap<String, String>();
        for (Route route : foreign()) {
            boolean reads = route.method().text().equals("GET");
            if (!reads && !route.template().contains("{id}")) {
                continue;
            }
            String path = route.template().replace("{id}", job);
            Answer answer = as(key, route.method().text(), path, "");
            answers.put(
                    route.method().text() + " " + route.template(),
                    answer.status() + " " + ID.matcher(answer.body()).replaceAll("ID"));
        }
        for (String tool : List.of("crawl_status", "crawl_pages", "cancel")) {
            Answer answer =
                    as(key, "POST", "/mcp", CALL.formatted(tool, "{\"id\":\"" + job + "\"}"));
            answers.put(tool, ID.matcher(answer.body()).replaceAll("ID"));
        }
        return answers;
    }

    @Test
    void everyRouteAsksForAKeyAndItsScope() throws Exception {
        String reader = key("r", Set.of(Scope.READ));
        String submitter = key("s", Set.of(Scope.SUBMIT));
        keysAreKnown();
        for (Route route : foreign()) {
            String path = route.template().replace("{id}", UUID.randomUUID().toString());
            String method = route.method().text();
            String operation = method + " " + path;
            int stranger =
                    api.send(api.request(path).method(method, BodyPublishers.ofString("{}")))
                            .status();
            if (route.scope() == null) {
                assertThat(stranger).as(operation).isEqualTo(200);
                continue;
            }
            assertThat(stranger).as(operation).isEqualTo(401);
            boolean reads = route.scope() == Scope.READ;
            assertThat(as(reads ? submitter : reader, method, path, "{}").status())
                    .as(operation)
                    .isEqualTo(403);
            assertThat(as(reads ? reader : submitter, method, path, "{}").status())
                    .as(operation)
                    .isNotIn(401, 403, 500);
        }
    }

    @Test
    void aToolThatBeginsWorkAsksForTheScope() throws Exception {
        String reader = key("r", Set.of(Scope.READ));
        keysAreKnown();
        for (String tool : List.of("scrape", "map", "crawl", "cancel", "screenshot")) {
            Answer answer =
                    as(
                            reader,
                            "POST",
                            "/mcp",
                            CALL.formatted(tool, "{\"url\":\"https://a.example/\"}"));
            assertThat(answer.json().path("result").path("isError").asBoolean()).as(tool).isTrue();
            assertThat(answer.body()).as(tool).contains("has not the scope 'submit'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/search | search is not served: it needs an index of the web",
                "/v1/extract | extract is not served: it needs a language model",
                "/v2/agent | agent is not served",
                "/v2/browser | browser is not served",
                "/v2/monitor | monitor is not served",
                "/v2/parse | parse is not served",
                "/v2/crawl/params-preview | params-preview is not served",
                "/v2/whatever | there is nothing at /v2/whatever"
            })
    void whatIsNotServedSaysWhichFeatureAndWhy(String path, String why) throws Exception {
        Answer answer = api.post(path, "{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(answer.text("error")).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer undefined", "bearer unused"})
    void anEmptyKeyIsAsGoodAsNoneWhereNoneIsNeeded(String authorization) throws Exception {
        Answer answer = api.get("/v2/team/credit-usage", "Authorization", authorization);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void thereIsANextOnlyWhileThereAreMoreDocuments() throws Exception {
        String body =
                "{\"urls\":[\"https://a.example/1\",\"https://a.example/2\",\"https://a.example/3\"]}";
        String job = "/v2/batch/scrape/" + api.post("/v2/batch/scrape", body).text("id");
        assertThat(api.get(job).json().has("next")).isFalse();
        api.work(2);
        Answer first = api.get(job + "?limit=1");
        assertThat(first.json().path("data").size()).isEqualTo(1);
        String next = first.text("next");
        assertThat(next).isEqualTo(api.uri(job + "?skip=1&limit=1").toString());
        Answer second = api.get(job + "?skip=1&limit=1");
        assertThat(second.json().path("data").size()).isEqualTo(1);
        // It still runs, and a next would be asked for again and again.
        assertThat(second.json().has("next")).isFalse();
        // What comes is no document.
        api.work(1, task -> ApiFixture.fault(task, FaultCode.DNS_FAILURE, null));
        Answer last = api.get(job + "?skip=1&limit=1");
        assertThat(last.json().has("next")).isFalse();
        assertThat(last.text("status")).isEqualTo("completed");
        assertThat(last.json().path("completed").asInt()).isEqualTo(2);
        assertThat(last.json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void aSocketSendsWhereTheJobIsThenEachDocumentThenTheEnd() throws Exception {
        String body = "{\"urls\":[\"https://a.example/1\",\"https://a.example/2\"]}";
        String id = api.post("/v2/batch/scrape", body).text("id");
        api.work(1);
        var heard = new Heard();
        open("/v2/batch/scrape/" + id, "a-key", heard);
        await().until(() -> heard.messages.size() == 2);
        api.work(1);
        assertThat(heard.closed.get(30, TimeUnit.SECONDS)).isEqualTo("1000 {\"type\":\"done\"}");
        assertThat(heard.types()).containsExactly("catchup", "document", "document");
    }

    @Test
    void aSocketIsNeverRefusedButSaysWhy() throws Exception {
        var heard = new Heard();
        WebSocket socket = open("/v2/crawl/" + UUID.randomUUID(), "undefined", heard);
        assertThat(socket.getSubprotocol()).isEqualTo("undefined");
        assertThat(heard.closed.get(30, TimeUnit.SECONDS)).startsWith("1008");
        assertThat(heard.messages.getFirst()).contains("Job not found");
    }

    @Test
    void aSocketTakesItsKeyFromTheSubprotocol() throws Exception {
        String alice = key("a", Scope.STANDARD);
        String bob = key("b", Scope.STANDARD);
        keysAreKnown();
        String id = as(alice, "POST", "/v2/crawl", "{\"url\":\"https://a.example/\"}").text("id");
        api.work(1);
        for (String other : List.of(bob, "undefined", key("m", Set.of(Scope.METRICS)))) {
            var heard = new Heard();
            open("/v2/crawl/" + id, other, heard);
            assertThat(heard.closed.get(30, TimeUnit.SECONDS)).startsWith("1008");
            assertThat(heard.types()).containsExactly("error");
        }
        var heard = new Heard();
        open("/v1/crawl/" + id, alice, heard);
        assertThat(heard.closed.get(30, TimeUnit.SECONDS)).startsWith("1000");
        assertThat(heard.types()).containsExactly("catchup", "document");
    }

    private WebSocket open(String path, String protocol, Heard heard) throws Exception {
        return api.http
                .newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(
                        java.net.URI.create(api.uri(path).toString().replace("http:", "ws:")),
                        heard)
                .get(30, TimeUnit.SECONDS);
    }

    /** What came over a socket. */
    private static final class Heard implements WebSocket.Listener {
        private final List<String> messages =
                java.util.Collections.synchronizedList(new ArrayList<>());
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }

        List<String> types() {
            return messages.stream()
                    .map(message -> ApiFixture.JSON.readTree(message).path("type").asString())
                    .toList();
        }
    }
}
