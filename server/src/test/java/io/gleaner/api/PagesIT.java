package io.gleaner.api;

import static io.gleaner.api.ApiFixture.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.job.FaultCode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Results: JSON by cursor, and NDJSON that streams, follows and resumes. */
final class PagesIT {

    private static final String LINES = "application/x-ndjson";

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyPartOfAPageArrives() throws Exception {
        String job = api.submit("parts.example", 1);
        api.work(1);

        JsonNode page = api.get(job + "/pages").json().at("/pages/0");

        assertThat(page.propertyNames())
                .containsExactly(
                        "seq",
                        "url",
                        "outcome",
                        "fetchedAt",
                        "depth",
                        "finalUrl",
                        "status",
                        "contentType",
                        "cacheState",
                        "markdown",
                        "html",
                        "rawHtml",
                        "text",
                        "chunks",
                        "links",
                        "images",
                        "metadata",
                        "fields");
        assertThat(page.at("/metadata/title").asString()).isEqualTo("Ä \u2028 \"title\"");
        assertThat(page.at("/chunks/0/headings/0").asString()).isEqualTo("A");
        assertThat(page.at("/chunks/0/markdown").asString()).isEqualTo("# A");
        assertThat(page.at("/fields/all/1").asString()).isEqualTo("b");
        assertThat(page.at("/fields/none").isNull()).isTrue();
    }

    @Test
    void aCursorLeadsThroughAllPagesToNull() throws Exception {
        String job = api.submit("cursor.example", 7);
        api.work(7);

        Answer first = api.get(job + "/pages?limit=3");
        Answer second = api.get(job + "/pages?limit=4&cursor=" + first.text("next"));

        assertThat(seqs(first.json().path("pages"))).containsExactly(1L, 2L, 3L);
        assertThat(first.json().path("next").asInt()).isEqualTo(3);
        assertThat(seqs(second.json().path("pages"))).containsExactly(4L, 5L, 6L, 7L);
        assertThat(second.json().path("next").isNull()).isTrue();
    }

    @Test
    void aRunningJobAlwaysGivesACursorToGoOnWith() throws Exception {
        String job = api.submit("running.example", 3);
        assertThat(api.get(job + "/pages").body()).isEqualTo("{\"pages\":[],\"next\":0}");
        api.work(2);

        assertThat(api.get(job + "/pages").json().path("next").asInt()).isEqualTo(2);
        assertThat(api.get(job + "/faults").json().path("next").asInt()).isZero();
        api.work(1);
        assertThat(api.get(job + "/pages?cursor=2").json().path("next").isNull()).isTrue();
    }

    @Test
    void faultsAreListedWithTheirCodeAndAttempts() throws Exception {
        String job = api.submit("faults.example", 4);
        api.work(
                4,
                task ->
                        task.url().endsWith("3")
                                ? ApiFixture.fault(task, FaultCode.HTTP_SERVER_ERROR, 503)
                                : ApiFixture.page(task));

        JsonNode faults = api.get(job + "/faults").json();

        assertThat(faults.path("faults").size()).isEqualTo(1);
        assertThat(faults.at("/faults/0/seq").asInt()).isEqualTo(3);
        assertThat(faults.at("/faults/0/fault/code").asString()).isEqualTo("http_server_error");
        assertThat(faults.at("/faults/0/fault/attempts").asInt()).isEqualTo(1);
        assertThat(faults.at("/faults/0/status").asInt()).isEqualTo(503);
        assertThat(faults.path("next").isNull()).isTrue();
        assertThat(api.get(job).json().path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void linesCarryAllPagesAndAcceptTheSameCursor() throws Exception {
        String job = api.submit("lines.example", 120);
        api.work(120);

        Answer all = api.get(job + "/pages", "Accept", LINES);
        Answer rest = api.get(job + "/pages?cursor=115&limit=3", "Accept", "*/*, " + LINES);

        assertThat(all.header("Content-Type")).isEqualTo(LINES);
        assertThat(all.body().lines().map(PagesIT::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 120).boxed().toList());
        assertThat(rest.body().lines().map(PagesIT::seq)).containsExactly(116L, 117L, 118L);
    }

    @Test
    void aFollowerGetsEachPageAtOnceAndTheEndWithTheJob() throws Exception {
        String job = api.submit("follow.example", 3);
        var request = api.request(job + "/pages?follow=true").header("Accept", LINES).build();

        try (Stream<String> lines = api.http.send(request, BodyHandlers.ofLines()).body()) {
            Iterator<String> pages = lines.filter(line -> !line.isBlank()).iterator();
            for (long i = 1; i <= 3; i++) {
                api.work(1);
                assertThat(seq(pages.next())).isEqualTo(i);
            }
            assertThat(pages.hasNext()).isFalse();
        }
    }

    @Test
    void aFollowerOfACancelledJobIsLetGo() throws Exception {
        String job = api.submit("letgo.example", 3);
        var request = api.request(job + "/pages?follow=true").header("Accept", LINES).build();

        try (Stream<String> lines = api.http.send(request, BodyHandlers.ofLines()).body()) {
            api.delete(job);
            assertThat(lines.filter(line -> !line.isBlank())).isEmpty();
        }
    }

    @Test
    void aFollowerThatGoesAwayEndsItsHandler() throws Exception {
        String job = api.submit("away.example", 500);
        try (var socket = api.connect()) {
            String head = "GET %s/pages?follow=true HTTP/1.1".formatted(job);
            String request =
                    String.join("\r\n", head, "Host: localhost", "Accept: " + LINES, "", "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
            assertThat(new BufferedReader(in).readLine()).contains("200");
            assertThat(active()).isEqualTo(1);
        }

        await().until(
                        () -> {
                            api.work(20);
                            return active() == 0;
                        });
        api.delete(job);
    }

    @Test
    void followingNeedsLines() throws Exception {
        String job = api.submit("needs.example", 1);

        assertThat(api.get(job + "/pages?follow=true").text("field")).isEqualTo("follow");
        assertThat(api.get(job + "/pages?follow=1").status()).isEqualTo(400);
        assertThat(api.get(job + "/pages?cursor=-1").status()).isEqualTo(400);
        assertThat(api.get(job + "/pages?limit=100000").status()).isEqualTo(400);
        assertThat(api.get(job + "/faults?follow=true").text("code"))
                .isEqualTo("unknown_parameter");
        api.delete(job);
    }

    private static double active() {
        return api.telemetry.registry().get("http.server.requests.active").gauge().value();
    }

    private static List<Long> seqs(JsonNode pages) {
        return pages.valueStream().map(page -> page.path("seq").asLong()).toList();
    }

    private static long seq(String line) {
        return JSON.readTree(line).path("seq").asLong();
    }
}
