package io.gleaner.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.fetch.HopGate;
import io.gleaner.fetch.Response;
import io.gleaner.job.FaultCode;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages as the browser of this machine makes them. */
class RendererIT {

    private static TestSite site;
    private static TestSite other;
    private static Rendering rendering;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        other = TestSite.start("127.0.0.2");
        rendering = Rendering.onLoopback();
    }

    @AfterAll
    static void stop() {
        rendering.close();
        site.close();
        other.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
        other.reset();
    }

    private static URI page(String path, String body) {
        site.route(
                path,
                (_, out) ->
                        out.html(
                                "<!doctype html><html lang=en><head><title>T</title></head><body>"
                                        + body
                                        + "</body></html>"));
        return site.url(path);
    }

    @Test
    void aPageIsWhatItsScriptsMakeOfIt() throws Exception {
        site.route("/data", (_, out) -> out.text("late data"));
        URI url =
                page(
                        "/app",
                        """
                        <div id=root></div><iframe src=/about.html></iframe>
                        <script>
                        fetch('/data').then((answer) => answer.text()).then((text) => {
                          document.getElementById('root').innerHTML = '<h1>' + text + '</h1>';
                          const box = document.createElement('div');
                          box.attachShadow({mode: 'open'}).innerHTML = '<p>in the shadow</p>';
                          document.body.append(box);
                        });
                        </script>\
                        """);
        Response page = rendering.page(url);
        assertThat(page.text())
                .startsWith("<!DOCTYPE html><html lang=\"en\">")
                .contains("<h1>late data</h1>")
                .contains("<p>in the shadow</p>")
                .contains("This page is called About");
        assertThat(page.url()).isEqualTo(url);
    }

    @Test
    void theMainAnswerKeepsItsStatusHeadersAndRedirects() throws Exception {
        site.route("/from", (_, out) -> out.redirect(302, "/to"));
        site.route("/to", (_, out) -> out.header("X-Kept", "yes").html("<p>Here.</p>"));
        Response page = rendering.page(site.url("/from"));
        assertThat(page.url()).isEqualTo(site.url("/to"));
        assertThat(page.redirects()).containsExactly(site.url("/from"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("x-kept", List.of("yes"));
    }

    @Test
    void pagesOfOneTabDoNotSeeWhatTheOthersStored() throws Exception {
        URI url =
                page(
                        "/store",
                        """
                        <p id=seen></p><script>
                        document.getElementById('seen').textContent =
                            'cookie[' + document.cookie + '] store[' + localStorage.length + ']';
                        document.cookie = 'a=b'; localStorage.setItem('a', 'b');
                        </script>\
                        """);
        assertThat(rendering.page(url).text()).contains("cookie[] store[0]");
        assertThat(rendering.page(url).text()).contains("cookie[] store[0]");
    }

    @Test
    void theGateIsAskedBeforeAPageGoesElsewhere() throws Exception {
        URI elsewhere = other.url("/about.html");
        URI url = page("/leaves", "<script>location.href = '" + elsewhere + "'</script>");
        assertThat(rendering.page(url).url()).isEqualTo(elsewhere);
        other.reset();
        FetchOutcome no = new Refused(FaultCode.ROBOTS_DISALLOWED, "Disallow: /", null);
        HopGate gate = next -> next.equals(elsewhere) ? Optional.of(no) : Optional.empty();
        assertThat(rendering.render(url, Rendering.LONG, Map.of(), gate, Rendering.RENDERED))
                .isEqualTo(new RenderOutcome.Ended(no));
        assertThat(other.requests("/about.html")).isZero();
    }

    @Test
    void secretHeadersStayAtTheFirstOrigin() throws Exception {
        site.route("/moves", (_, out) -> out.redirect(302, other.url("/about.html").toString()));
        var headers =
                Map.of("Authorization", "Bearer s3cret", "Cookie", "c=1", "Accept-Language", "cy");
        rendering.render(
                site.url("/moves"), Rendering.LONG, headers, HopGate.open(), Rendering.RENDERED);
        RecordedRequest first = request(site, "/moves");
        assertThat(first.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(first.header("Cookie")).isEqualTo("c=1");
        RecordedRequest second = request(other, "/about.html");
        assertThat(second.header("Authorization")).isEmpty();
        assertThat(second.header("Cookie")).isEmpty();
        assertThat(second.header("Accept-Language")).isEqualTo("cy");
    }

    private static RecordedRequest request(TestSite of, String path) {
        return of.log().stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
    }

    @Test
    void weSayWhoWeAre() throws Exception {
        rendering.page(site.url("/about.html"));
        assertThat(request(site, "/about.html").userAgent())
                .contains("Chrome/")
                .endsWith("Gleaner/0.1 (+no contact given)");
    }

    @Test
    void theCallersNameIsWhatScriptsSeeToo() throws Exception {
        URI url =
                page(
                        "/agent",
                        "<p id=a></p><script>a.textContent = 'I am ' + navigator.userAgent;"
                                + " fetch('/about.html?agent')</script>");
        RenderOutcome outcome =
                rendering.render(
                        url,
                        Rendering.LONG,
                        Map.of("user-agent", "Reader/7"),
                        HopGate.open(),
                        Rendering.RENDERED);
        assertThat(Rendering.page(outcome).text()).contains("I am Reader/7");
        assertThat(request(site, "/about.html").userAgent()).isEqualTo("Reader/7");
    }

    @Test
    void whatIsNoDocumentIsLeftToAPlainFetch() throws Exception {
        site.route("/json", (_, out) -> out.send(200, "application/json", "{}".getBytes(UTF_8)));
        site.route(
                "/saved",
                (_, out) -> out.header("Content-Disposition", "attachment").html("<p>Saved."));
        assertThat(rendering.render(site.url("/json")))
                .isEqualTo(new RenderOutcome.NotForBrowser("application/json"));
        assertThat(rendering.render(site.url("/saved")))
                .isEqualTo(new RenderOutcome.NotForBrowser("text/html"));
    }

    @Test
    void aStatusMeansWhatItMeansToAPlainFetch() throws Exception {
        site.route("/later", (_, out) -> out.header("Retry-After", "7").status(429));
        assertThat(Rendering.refused(rendering.render(site.url("/status/404"))))
                .isEqualTo(FaultCode.HTTP_CLIENT_ERROR);
        assertThat(ended(rendering.render(site.url("/status/500")))).isInstanceOf(Failed.class);
        assertThat(ended(rendering.render(site.url("/later"))))
                .isInstanceOfSatisfying(
                        Throttled.class,
                        throttled ->
                                assertThat(throttled.retryAfter())
                                        .isEqualTo(Duration.ofSeconds(7)));
    }

    private static FetchOutcome ended(RenderOutcome outcome) {
        return ((RenderOutcome.Ended) outcome).outcome();
    }

    @Test
    void aChallengeThatItsOwnScriptPassesIsThePageBehindIt() throws Exception {
        site.route(
                "/challenge",
                (request, out) -> {
                    if (request.header("Cookie").contains("passed=1")) {
                        out.html("<p>Behind.</p>");
                    } else {
                        byte[] test =
                                "<script>document.cookie = 'passed=1'; location.reload()</script>"
                                        .getBytes(UTF_8);
                        out.send(403, "text/html", test);
                    }
                });
        assertThat(rendering.page(site.url("/challenge")).text()).contains("Behind.");
    }

    @Test
    void anElementIsWaitedFor() throws Exception {
        URI url =
                page(
                        "/late",
                        """
                        <script>setTimeout(() => {
                          document.body.innerHTML = '<p class=late>At' + ' last.</p>';
                        }, 2500)</script>\
                        """);
        var until = Rendering.RENDERED.withWaitFor(Duration.ZERO, "p.late");
        RenderOutcome outcome =
                rendering.render(url, Rendering.LONG, Map.of(), HopGate.open(), until);
        assertThat(Rendering.page(outcome).text()).contains("At last.");
    }

    @Test
    void aPageThatBreaksTheLanguageIsTakenAllTheSame() throws Exception {
        URI url =
                page(
                        "/broken",
                        """
                        <p>Whole.</p><script>
                        Element.prototype.querySelectorAll = () => { throw 1; };
                        Document.prototype.querySelectorAll = () => { throw 1; };
                        Element.prototype.getHTML = () => 'forged';
                        Array.prototype.push = () => { throw 1; };
                        </script>\
                        """);
        assertThat(rendering.page(url).text()).contains("Whole.").doesNotStartWith("forged");
    }

    @Test
    void aForbiddenAddressIsNamed() throws Exception {
        assertThat(Rendering.refused(rendering.render(URI.create("http://169.254.169.254/latest"))))
                .isEqualTo(FaultCode.FORBIDDEN_ADDRESS);
        assertThat(ended(rendering.render(URI.create("http://nowhere.invalid/"))))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FaultCode.DNS_FAILURE));
    }

    @Test
    void filesAreNotRead() throws Exception {
        assertThat(Rendering.refused(rendering.render(URI.create("file:///etc/passwd"))))
                .isEqualTo(FaultCode.UNSUPPORTED_SCHEME);
        assertThat(Rendering.refused(rendering.render(URI.create("view-source:http://a/"))))
                .isEqualTo(FaultCode.UNSUPPORTED_SCHEME);
    }

    @Test
    void theBrowserStartsWithTheFirstPageAndEndsWithoutOne() throws Exception {
        try (Rendering own =
                Rendering.onLoopback(config -> config.living(500, Duration.ofSeconds(1)))) {
            assertThat(own.renderer().isRunning()).isFalse();
            own.page(site.url("/about.html"));
            ProcessHandle browser = own.process().handle();
            Path profile = own.process().profile();
            assertThat(browser.isAlive()).isTrue();
            await().until(() -> !own.renderer().isRunning());
            await().until(() -> !browser.isAlive() && Files.notExists(profile));
        }
    }

    @Test
    void theBrowserIsRenewedAfterItsPages() throws Exception {
        try (Rendering own =
                Rendering.onLoopback(config -> config.living(2, Duration.ofMinutes(1)))) {
            own.page(site.url("/about.html"));
            ProcessHandle first = own.process().handle();
            own.page(site.url("/about.html"));
            own.page(site.url("/about.html"));
            await().until(() -> !first.isAlive());
            assertThat(own.renderer().isRunning()).isTrue();
        }
    }

    @Test
    void whereThereIsNoBrowserItSaysHowToGetOne() throws Exception {
        try (Rendering none = Rendering.onLoopback(RendererIT::withoutBrowser)) {
            assertThat(none.renderer().refusal().orElseThrow()).contains("apt-get install");
            assertThat(ended(none.render(site.url("/about.html"))))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed ->
                                    assertThat(failed.code())
                                            .isEqualTo(FaultCode.RENDER_UNAVAILABLE));
        }
    }

    private static RenderConfig withoutBrowser(RenderConfig config) {
        return RenderConfig.standard(null, config.sandbox());
    }
}
