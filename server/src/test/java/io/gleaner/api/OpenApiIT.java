package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.dashboard.History;
import io.gleaner.api.guard.Drain;
import io.gleaner.api.operation.Health;
import io.gleaner.api.site.MapBody;
import io.gleaner.api.submit.EarlierCrawls;
import io.gleaner.api.submit.ScrapeBody;
import io.gleaner.api.submit.SubmitBody;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Format;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.PaperFormat;
import io.gleaner.profile.Endpoints;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds {@code openapi.yaml} against the handlers, both ways. */
final class OpenApiIT {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private static ApiFixture api;
    private static JsonNode document;
    private static SchemaCheck schemas;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture(ApiFixture.CONFIG);
        document = new YAMLMapper().readTree(api.get("/openapi.yaml").body());
        schemas = new SchemaCheck(document);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void theDescriptionAndTheRoutesAreTheSame() {
        var routed = new TreeSet<String>();
        try (var caches =
                new Caches(
                        SharedStore.NONE, Bus.NONE, new SimpleMeterRegistry(), api.parts.clock())) {
            var drain = new Drain();
            var health = new Health(api.parts.readiness(), drain, () -> false);
            Routes.of(
                            ApiFixture.CONFIG,
                            api.partsWith(caches),
                            drain,
                            health,
                            History.idle(new SimpleMeterRegistry(), api.parts.clock()))
                    .own()
                    .forEach(route -> routed.add(route.method().text() + " " + route.template()));
        }

        assertThat(operations()).containsExactlyInAnyOrderElementsOf(routed);
    }

    @Test
    void everyOperationIsTheTagOfAMethodThatThereIs() throws Exception {
        assertThat(Endpoints.byHandler().values())
                .containsExactlyInAnyOrderElementsOf(operations());
        for (String handler : Endpoints.byHandler().keySet()) {
            int dot = handler.lastIndexOf('.');
            assertThat(Class.forName(handler.substring(0, dot)).getDeclaredMethods())
                    .extracting(Method::getName)
                    .contains(handler.substring(dot + 1));
        }
    }

    @Test
    void everyOperationInTheDescriptionIsAnswered() throws Exception {
        for (String operation : operations()) {
            String method = operation.split(" ", -1)[0];
            String path =
                    operation
                            .split(" ", -1)[1]
                            .replace("{id}", UUID.randomUUID().toString())
                            .replace("{seq}", "1")
                            .replace("{index}", "0")
                            .replace("{version}", "0")
                            .replace("{file}", "main.js")
                            .replace("{name}", "a.example");
            Answer answer =
                    api.send(
                            api.request(path)
                                    .method(method, BodyPublishers.ofString("{}"))
                                    .header("Content-Type", "application/json"));
            assertThat(answer.status()).as(operation).isNotIn(405, 500, 501);
            assertThat(answer.body()).as(operation).doesNotContain("unknown_path");
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValues("$ref")
                .forEach(
                        ref ->
                                assertThat(document.at(ref.asString().substring(1)).isObject())
                                        .as(ref.asString())
                                        .isTrue());
    }

    @Test
    void answersAreAsDescribed() throws Exception {
        Answer submitted =
                api.post(
                        "/api/jobs", "{\"urls\": [\"https://a.example/\", \"https://b.example\"]}");
        String job = submitted.header("Location");
        check(submitted, "post", "/api/jobs");
        api.postpone(Duration.ofMinutes(1), "it answered 429");
        Answer waiting = api.get(job);
        assertThat(waiting.json().path("waiting").size()).isPositive();
        check(waiting, "get", "/api/jobs/{id}");
        check(api.get("/api/hosts/a.example"), "get", "/api/hosts/{name}");
        check(api.get(job + "/pages"), "get", "/api/jobs/{id}/pages");
        check(api.delete(job), "delete", "/api/jobs/{id}");
        check(api.get("/api/jobs"), "get", "/api/jobs");
        check(api.get("/health/ready"), "get", "/health/ready");
        check(api.get("/admin/overview"), "get", "/admin/overview");
        check(api.get("/admin/keys"), "get", "/admin/keys");
        check(api.post("/api/map", "{\"url\": \"https://a.example/\"}"), "post", "/api/map");
    }

    @Test
    void pagesAndFaultsAreAsDescribed() throws Exception {
        String job = api.submit("pages.example", 3);
        api.work(
                3,
                task ->
                        task.url().endsWith("2")
                                ? ApiFixture.fault(task, FaultCode.HTTP_CLIENT_ERROR, 404)
                                : ApiFixture.page(task));

        check(api.get(job + "/pages"), "get", "/api/jobs/{id}/pages");
        check(api.get(job + "/pages?count=true"), "get", "/api/jobs/{id}/pages");
        check(api.get(job + "/pages?brief=true&count=true"), "get", "/api/jobs/{id}/pages");
        check(api.get(job + "/faults"), "get", "/api/jobs/{id}/faults");
        check(api.get(job + "/faults/counts"), "get", "/api/jobs/{id}/faults/counts");
        check(api.post(job + "/rerun", "{}"), "post", "/api/jobs/{id}/rerun");
        check(api.get("/api/jobs?count=true&tag=x"), "get", "/api/jobs");
        Answer lines = api.get(job + "/pages", "Accept", "application/x-ndjson");
        JsonNode line = content(lines, "get", "/api/jobs/{id}/pages");
        lines.body().lines().forEach(page -> schemas.check(ApiFixture.JSON.readTree(page), line));
    }

    @Test
    void problemsAreAsDescribed() throws Exception {
        String post = "post";
        check(api.post("/api/jobs", "{"), post, "/api/jobs");
        check(api.post("/api/jobs", "{\"a\": 1}"), post, "/api/jobs");
        check(api.post("/api/jobs", "{\"urls\": [\"http://10.0.0.1/\"]}"), post, "/api/jobs");
        check(api.post("/api/jobs", "{\"render\": \"auto\"}"), post, "/api/jobs");
        check(api.post("/api/jobs", "{}", "Idempotency-Key", " "), post, "/api/jobs");
        check(api.post("/api/map", "{}"), post, "/api/map");
        check(api.get("/api/jobs/x"), "get", "/api/jobs/{id}");
        check(api.delete("/api/jobs/" + UUID.randomUUID()), "delete", "/api/jobs/{id}");
        Answer late =
                api.post(
                        "/api/scrape", "{\"url\": \"https://l.example/\", \"timeout\": \"100ms\"}");
        check(late, post, "/api/scrape");
        api.delete(late.text("job"));
    }

    @Test
    void enumsAreThoseOfTheVocabulary() {
        assertThat(names("/components/schemas/Fault/properties/code/enum"))
                .containsExactlyElementsOf(
                        Arrays.stream(FaultCode.values())
                                .map(code -> code.name().toLowerCase(Locale.ROOT))
                                .toList());
        assertThat(names("/components/schemas/Formats/items/enum"))
                .containsExactlyElementsOf(
                        Stream.concat(
                                        Arrays.stream(Format.values()).map(Format::wireName),
                                        Stream.of("screenshot"))
                                .toList());
        assertThat(names("/components/schemas/Action/properties/format/enum"))
                .containsExactlyElementsOf(
                        Stream.concat(
                                        Arrays.stream(ImageType.values()).map(ImageType::wireName),
                                        Arrays.stream(PaperFormat.values())
                                                .map(PaperFormat::wireName))
                                .toList());
    }

    @Test
    void theKeysOfTheBodiesAreThoseThatAreRead() {
        for (String name : List.of("SubmitBody", "ScrapeBody", "MapBody", "Crawl")) {
            var described =
                    document.at("/components/schemas/" + name + "/properties").propertyNames();
            assertThat(accepted(name)).as(name).hasSameElementsAs(described);
        }
    }

    /** What the reader of a body says it accepts. */
    private static List<String> accepted(String name) {
        String body = name.equals("Crawl") ? "{\"crawl\": {\"?\": 1}}" : "{\"?\": 1}";
        var in = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        var rules = new PlainRules();
        try {
            switch (name) {
                case "ScrapeBody" ->
                        ScrapeBody.read(in, rules, new Budget("submissions", 64 << 20)).close();
                case "MapBody" -> MapBody.read(in, rules);
                default ->
                        SubmitBody.read(
                                        in,
                                        rules,
                                        1,
                                        new Budget("submissions", 64 << 20),
                                        EarlierCrawls.NONE)
                                .close();
            }
        } catch (ProblemException e) {
            return List.of(String.valueOf(e.problem().members().get("accepted")).split(", ", -1));
        }
        throw new AssertionError("the key ? was accepted");
    }

    private static Set<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths")
                .propertyStream()
                .forEach(
                        path ->
                                path.getValue().propertyNames().stream()
                                        .filter(METHODS::contains)
                                        .forEach(
                                                method ->
                                                        operations.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        return operations;
    }

    private static void check(Answer answer, String method, String template) {
        schemas.check(answer.json(), content(answer, method, template));
    }

    private static JsonNode content(Answer answer, String method, String template) {
        JsonNode response =
                document.path("paths")
                        .path(template)
                        .path(method)
                        .path("responses")
                        .path(String.valueOf(answer.status()));
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asString().substring(1));
        }
        JsonNode schema =
                response.path("content").path(answer.header("Content-Type")).path("schema");
        assertThat(schema.isObject())
                .as("%s %s answers %s %s", method, template, answer.status(), answer.body())
                .isTrue();
        return schema;
    }

    private static List<String> names(String pointer) {
        return document.at(pointer).valueStream().map(JsonNode::asString).toList();
    }
}
