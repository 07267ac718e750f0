package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.Application;
import io.gleaner.testing.ApplicationRoutes;
import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.TestSite;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jobs that render, through the whole service. */
class RenderedJobIT {

    private static TestSite site;
    private static List<Application> applications;
    private static RunningService service;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        applications = ApplicationRoutes.addTo(site);
        service = RunningService.patient();
    }

    @AfterAll
    static void stop() {
        service.close();
        site.close();
    }

    private static Map<String, JsonNode> applications(String mode) throws Exception {
        List<String> urls =
                applications.stream().map(one -> site.url(one.path()).toString()).toList();
        return service.results(
                service.submit(
                        Map.of(
                                "urls",
                                urls,
                                "render",
                                mode,
                                "onlyMainContent",
                                false,
                                "timeout",
                                "60s")));
    }

    /** What came of a job of one URL. */
    private static JsonNode only(RunningService of, Map<String, ?> job) throws Exception {
        return of.results(of.submit(job)).values().iterator().next();
    }

    @Test
    void everyApplicationIsRightWhenAllAreRendered() throws Exception {
        Map<String, JsonNode> pages = applications("always");
        var all = new SoftAssertions();
        for (Application one : applications) {
            JsonNode page = requireNonNull(pages.get(site.url(one.path()).toString()));
            all.assertThat(page.path("markdown").asString(""))
                    .as(one.path() + " " + page)
                    .contains(one.content());
            all.assertThat(page.path("rendered").asBoolean()).as(one.path()).isTrue();
        }
        all.assertAll();
    }

    @Test
    void autoRendersThoseThatNeedItAndNoOther() throws Exception {
        Map<String, JsonNode> pages = applications("auto");
        var all = new SoftAssertions();
        for (Application one : applications) {
            JsonNode page = requireNonNull(pages.get(site.url(one.path()).toString()));
            all.assertThat(page.path("rendered").asBoolean())
                    .as(one.path() + " " + page)
                    .isEqualTo(one.needsBrowser());
            all.assertThat(page.path("markdown").asString(""))
                    .as(one.path())
                    .contains(one.content());
        }
        all.assertAll();
    }

    @Test
    void aPageThatScriptsLeadToIsRefusedWhereRobotsForbidIt() throws Exception {
        try (TestSite closed = TestSite.start("127.0.0.3")) {
            closed.robots(RobotsMode.DENY_PRIVATE);
            closed.route(
                    "/leads",
                    (_, out) -> out.html("<script>location = '/private/closed'</script>"));
            String url = closed.url("/leads").toString();
            JsonNode page = only(service, Map.of("urls", List.of(url), "render", "always"));
            assertThat(page.path("fault").path("code").asString("")).isEqualTo("robots_disallowed");
            assertThat(closed.requests("/private/closed")).isZero();
        }
    }

    @Test
    void aTestWhetherABrowserAsksIsPassedByOne() throws Exception {
        String challenge =
                "<!doctype html><p>Wait.<script>document.cookie = 'passed=1';"
                        + " location.reload()</script>";
        site.route(
                "/guarded",
                (request, out) -> {
                    if (request.header("Cookie").contains("passed=1")) {
                        out.html("<!doctype html><p>You are let in.");
                    } else {
                        out.send(403, "text/html", challenge.getBytes(UTF_8));
                    }
                });
        site.route("/closed", (_, out) -> out.send(403, "text/html", "No.".getBytes(UTF_8)));
        String guarded = site.url("/guarded").toString();
        JsonNode page = only(service, Map.of("urls", List.of(guarded), "render", "auto"));
        assertThat(page.path("markdown").asString("")).contains("You are let in.");
        assertThat(page.path("renderedWhy").asString("")).contains("test whether a browser");

        site.reset();
        String closed = site.url("/closed").toString();
        for (int i = 0; i < 2; i++) {
            JsonNode fault = only(service, Map.of("urls", List.of(closed), "render", "auto"));
            assertThat(fault.path("fault").path("code").asString(""))
                    .isEqualTo("http_client_error");
        }
        // A plain fetch and the browser, and then a plain fetch.
        assertThat(site.requests("/closed")).isEqualTo(3);
    }

    @Test
    void onePageOfFiftyIsRenderedToSeeWhetherPagesLikeItNeedThat() throws Exception {
        String enough = "Enough to be read without scripts. ".repeat(15);
        site.route(
                "/sly",
                (_, out) ->
                        out.html(
                                "<!doctype html><p>%s<script>document.body.append('%s')</script>"
                                        .formatted(enough, "More. ".repeat(300))));
        List<String> urls =
                IntStream.range(0, 60).mapToObj(i -> site.url("/sly?" + i).toString()).toList();
        Map<String, JsonNode> pages =
                service.results(service.submit(Map.of("urls", urls, "render", "auto")));
        List<String> why =
                pages.values().stream().map(page -> page.path("renderedWhy").asString("")).toList();
        assertThat(why)
                .contains(
                        "to see whether pages like it need it",
                        "its text is there without scripts");
        String next = site.url("/sly?60").toString();
        assertThat(
                        only(service, Map.of("urls", List.of(next), "render", "auto"))
                                .path("renderedWhy")
                                .asString(""))
                .isEqualTo("pages like it have needed it");
    }

    @Test
    void whatIsNoHtmlIsFetched() throws Exception {
        site.route(
                "/data.json",
                (_, out) -> out.send(200, "application/json", "{\"a\":1}".getBytes(UTF_8)));
        String json = site.url("/data.json").toString();
        JsonNode page = only(service, Map.of("urls", List.of(json), "render", "always"));
        assertThat(page.path("markdown").asString("")).contains("{\"a\":1}");
        assertThat(page.path("rendered").asBoolean(true)).isFalse();
        assertThat(page.path("renderedWhy").asString("")).isEqualTo("what came is no HTML");
    }

    @Test
    void aPictureOfAPageIsReadApartFromIt() throws Exception {
        String url = site.url("/apps/shell").toString();
        String job =
                service.submit(
                        Map.of(
                                "urls",
                                List.of(url),
                                "render",
                                "always",
                                "screenshot",
                                Map.of("type", "jpeg")));
        JsonNode page = service.results(job).values().iterator().next();
        assertThat(page.path("screenshot").asString("")).isEqualTo("image/jpeg");
        var picture = service.answer(job + "/pages/1/screenshot");
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(picture.body()).isNotEmpty();
        assertThat(service.answer(job + "/pages/2/screenshot").statusCode()).isEqualTo(404);
        assertThat(service.answer(job + "/pages/x/screenshot").statusCode()).isEqualTo(400);
    }

    @Test
    void whatActionsMakeIsReadApartFromThePage() throws Exception {
        site.route(
                "/login",
                (_, out) ->
                        out.html(
                                "<!doctype html><input id=i><p id=p></p><script>i.oninput = () =>"
                                        + " { p.textContent = 'Typed ' + i.value }</script>"));
        String job =
                service.submit(
                        Map.of(
                                "urls",
                                List.of(site.url("/login").toString()),
                                "formats",
                                List.of("markdown", "screenshot"),
                                "render",
                                "always",
                                "pdf",
                                Map.of("landscape", true),
                                "actions",
                                List.of(
                                        Map.of("text", "s3cret", "type", "write", "selector", "#i"),
                                        Map.of("type", "executeJavascript", "script", "i.value"),
                                        Map.of("type", "scrape"))));
        JsonNode page = service.results(job).values().iterator().next();
        assertThat(page.path("markdown").asString("")).contains("Typed s3cret");
        assertThat(page.path("actions").get(0).has("mediaType")).isFalse();
        assertThat(page.path("actions").get(2).path("type").asString("")).isEqualTo("scrape");
        assertThat(page.path("screenshot").asString("")).isEqualTo("image/png");
        assertThat(service.get(job).path("rendered").asInt()).isEqualTo(1);

        var value = service.answer(job + "/pages/1/actions/1");
        assertThat(value.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(value.body()).isEqualTo("\"s3cret\"");
        var html = service.answer(job + "/pages/1/actions/2");
        assertThat(html.headers().firstValue("Content-Security-Policy"))
                .hasValue("sandbox; default-src 'none'");
        assertThat(html.body()).contains("Typed s3cret");
        var pdf = service.answer(job + "/pages/1/pdf");
        assertThat(pdf.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
        assertThat(service.answer(job + "/pages/1/actions/0").statusCode()).isEqualTo(404);
        assertThat(service.answer(job + "/pages/1/actions/50").statusCode()).isEqualTo(400);
    }

    @Test
    void anActionThatCannotBeDoneIsTheFaultOfItsPage() throws Exception {
        JsonNode page =
                only(
                        service,
                        Map.of(
                                "urls",
                                List.of(site.url("/apps/plain").toString()),
                                "render",
                                "always",
                                "actions",
                                List.of(Map.of("type", "executeJavascript", "script", "null.x"))));
        assertThat(page.path("fault").path("code").asString("")).isEqualTo("action_failed");
        assertThat(page.path("fault").path("detail").asString(""))
                .startsWith("actions[0] (executeJavascript): TypeError");
        assertThat(page.path("fault").path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aPictureNeedsAPageThatIsRendered() throws Exception {
        var answer =
                service.submission(
                        Map.of("urls", List.of("http://a.example/"), "screenshot", Map.of()));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("screenshot is for pages that are rendered", "give render always");
    }

    @Test
    void plainJobsStartNoBrowser() throws Exception {
        try (RunningService own = RunningService.patient()) {
            String url = site.url("/apps/shell").toString();
            JsonNode page = only(own, Map.of("urls", List.of(url)));
            assertThat(page.has("rendered")).isFalse();
            assertThat(own.metric("gleaner_render_browser_starts_total")).isZero();
        }
    }
}
