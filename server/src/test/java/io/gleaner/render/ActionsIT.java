package io.gleaner.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.HopGate;
import io.gleaner.job.FaultCode;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.Viewport;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a job has done on a page. */
class ActionsIT {

    private static final String FORM =
            """
            <!doctype html><title>Form</title>
            <form action=/found><input name=q value=before><textarea name=t></textarea>
            <select name=s><option value=a>First<option value=b>Second</select></form>
            <button id=more style="position: relative; z-index: 9" onclick="add(event)">More</button>
            <div style="position: fixed; inset: 0; z-index: 8; pointer-events: auto">A cover</div>
            <button id=covered style="position: absolute; top: 95vh" onclick="add(event)">No</button>
            <p id=said></p><div style="height: 5000px"></div>
            <script>
            const add = (event) => {
              const p = document.createElement('p');
              p.className = 'added';
              p.textContent = (event.isTrusted ? 'By a mouse: ' : 'By a script: ') + event.target.id;
              document.body.append(p);
            };
            onkeydown = (event) => { said.textContent += event.key + ' '; };
            </script>\
            """;

    private static TestSite site;
    private static Rendering rendering;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.route("/form", (_, out) -> out.html(FORM));
        site.route(
                "/found",
                (request, out) -> out.html("<!doctype html><p>You asked " + request.query()));
        site.route(
                "/boxes",
                (_, out) ->
                        out.html(
                                """
                                <!doctype html><p>Boxes.
                                <input type=checkbox><input type=checkbox><input type=checkbox>
                                <script>onclick = (e) => {
                                  if (e.target.checked) document.body.append('checked ');
                                }</script>\
                                """));
        rendering = Rendering.onLoopback();
    }

    @AfterAll
    static void stop() {
        rendering.close();
        site.close();
    }

    private static RenderOutcome outcome(String path, Action... actions) throws Exception {
        return rendering.render(site.url(path), Rendering.RENDERED.withActions(List.of(actions)));
    }

    private static RenderOutcome.Rendered page(String path, Action... actions) throws Exception {
        if (outcome(path, actions) instanceof RenderOutcome.Rendered page) {
            return page;
        }
        throw new AssertionError(outcome(path, actions).toString());
    }

    private static String text(String path, Action... actions) throws Exception {
        return page(path, actions).response().text();
    }

    private static Action.Click click(String selector) {
        return new Action.Click(selector, false);
    }

    /** What a page that an action ends is refused with. */
    private static Refused refused(RenderOutcome outcome) {
        if (outcome instanceof RenderOutcome.Ended(Refused refused)) {
            return refused;
        }
        throw new AssertionError(outcome.toString());
    }

    @Test
    void aClickIsThatOfAMouseWhereAMouseReaches() throws Exception {
        assertThat(text("/form", click("#more"), new Action.WaitFor("p.added")))
                .contains("By a mouse: more");
        assertThat(text("/form", click("#covered"))).contains("By a script: covered");
    }

    @Test
    void allThatMatchMayBeClicked() throws Exception {
        assertThat(text("/boxes", new Action.Click("input", true)))
                .contains("checked checked checked");
    }

    @Test
    void aFormIsFilledAndSent() throws Exception {
        RenderOutcome.Rendered page =
                page(
                        "/form",
                        new Action.Write("b & c", "input"),
                        new Action.Write("", "textarea"),
                        new Action.Write("Second", "select"),
                        click("input"),
                        new Action.Press("Enter"));
        assertThat(page.response().url().toString()).contains("/found?q=b+%26+c&t=&s=b");
        assertThat(page.response().text()).contains("You asked q=b");
        assertThat(page.actions())
                .extracting(ActionResult::type)
                .containsExactly("write", "write", "write", "click", "press");
        assertThat(page.actions().getLast().url()).contains("/found?q=");
    }

    @Test
    void keysAreWhatScriptsTakeThemFor() throws Exception {
        assertThat(
                        text(
                                "/form",
                                click("textarea"),
                                new Action.Press("x"),
                                new Action.Press("ArrowLeft"),
                                new Action.Write("yz", null),
                                new Action.ExecuteJavascript(
                                        "said.textContent +="
                                                + " document.querySelector('textarea').value")))
                .contains("x ArrowLeft yzx");
    }

    @Test
    void aPageIsScrolledByWhatIsInSight() throws Exception {
        RenderOutcome.Rendered page =
                page(
                        "/form",
                        new Action.Scroll(false, null),
                        new Action.Scroll(false, null),
                        new Action.Scroll(true, null),
                        new Action.ExecuteJavascript("scrollY"));
        assertThat(new String(page.attachments().getFirst().bytes(), UTF_8)).isEqualTo("800");
    }

    @Test
    void resultsAreInTheirPlaces() throws Exception {
        var phone = new ScreenshotSpec(false, null, ImageType.PNG, 80, new Viewport(400, 300));
        RenderOutcome.Rendered page =
                page(
                        "/form",
                        new Action.Scrape(),
                        new Action.Wait(Duration.ofMillis(10)),
                        new Action.Screenshot(phone),
                        new Action.Pdf(PdfSpec.standard()),
                        new Action.ExecuteJavascript(
                                "new Promise((done) => setTimeout(() => done({a: [innerWidth]}),"
                                        + " 50))"));
        assertThat(page.actions())
                .extracting(ActionResult::mediaType)
                .containsExactly(
                        "text/html;charset=utf-8",
                        null,
                        "image/png",
                        "application/pdf",
                        "application/json");
        assertThat(page.attachments())
                .extracting(Attachment::name)
                .containsExactly("actions/0", "actions/2", "actions/3", "actions/4");
        List<byte[]> made = page.attachments().stream().map(Attachment::bytes).toList();
        assertThat(new String(made.get(0), UTF_8)).contains("<title>Form</title>");
        var image = ImageIO.read(new ByteArrayInputStream(made.get(1)));
        assertThat(image.getWidth()).isEqualTo(400);
        assertThat(image.getHeight()).isEqualTo(300);
        assertThat(new String(made.get(2), 0, 5, ISO_8859_1)).isEqualTo("%PDF-");
        // The window is as it was before the picture.
        assertThat(new String(made.get(3), UTF_8)).isEqualTo("{\"a\":[1280]}");
    }

    @Test
    void theFirstThatFailsIsNamed() throws Exception {
        Refused missing = refused(outcome("/form", click("#more"), click("#none")));
        assertThat(missing.code()).isEqualTo(FaultCode.ACTION_FAILED);
        assertThat(missing.detail()).startsWith("actions[1] (click): no element has matched #none");
        assertThat(refused(outcome("/form", new Action.Write("x", "p"))).detail())
                .isEqualTo("actions[0] (write): it takes no text");
        assertThat(refused(outcome("/form", new Action.Write("c", "select"))).detail())
                .isEqualTo("actions[0] (write): it has no option c");
        assertThat(refused(outcome("/form", click("p:contains(x)"))).detail())
                .contains("actions[0] (click)", "not a valid selector");
        assertThat(refused(outcome("/form", new Action.ExecuteJavascript("none.x"))).detail())
                .isEqualTo("actions[0] (executeJavascript): ReferenceError: none is not defined");
    }

    @Test
    void aScriptThatGoesElsewhereWhileItIsAwaitedFails() throws Exception {
        String leaves = "new Promise(() => { location = '/about.html' })";
        assertThat(refused(outcome("/form", new Action.ExecuteJavascript(leaves))).code())
                .isEqualTo(FaultCode.ACTION_FAILED);
        assertThat(
                        page(
                                        "/form",
                                        new Action.ExecuteJavascript(
                                                "history.pushState({}, '', '/x')"))
                                .actions()
                                .getFirst()
                                .url())
                .endsWith("/x");
        assertThat(text("/form", new Action.ExecuteJavascript("location = '/about.html'; 1")))
                .contains("is called About");
    }

    @Test
    void whatAScriptAnswersIsBoundedWhateverThePageMadeOfItsFunctions() throws Exception {
        String lies =
                "JSON.stringify = () => ({length: 1, toString: () => 'x'.repeat(9)}); 'short'";
        String long2 = "JSON.stringify = () => 'x'.repeat(3e6); 1";
        String thrown = "throw {toString: () => 'x'.repeat(1e6)}";
        assertThat(refused(outcome("/form", new Action.ExecuteJavascript(lies))).detail())
                .contains("its value is not JSON");
        assertThat(refused(outcome("/form", new Action.ExecuteJavascript(long2))).detail())
                .contains("its value is longer than");
        assertThat(refused(outcome("/form", new Action.ExecuteJavascript(thrown))).detail())
                .isEqualTo("actions[0] (executeJavascript): it failed");
    }

    @Test
    void anEndlessActionEndsByTheDeadlineOfThePage() throws Exception {
        long start = System.nanoTime();
        RenderOutcome outcome =
                rendering.render(
                        site.url("/form"),
                        Duration.ofSeconds(4),
                        Map.of(),
                        HopGate.open(),
                        Rendering.RENDERED.withActions(
                                List.of(new Action.ExecuteJavascript("for (;;);"))));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        Refused refused = refused(outcome);
        assertThat(refused.code()).isEqualTo(FaultCode.RENDER_TIMEOUT);
        assertThat(refused.detail())
                .isEqualTo("actions[0] (executeJavascript): the page's time was over");
    }

    @Test
    void whereAnActionLeadsIsAskedAtTheGate() throws Exception {
        var no = new Refused(FaultCode.ROBOTS_DISALLOWED, "Disallow: /", null);
        URI found = site.url("/found");
        HopGate gate =
                next ->
                        next.getPath().equals(found.getPath())
                                ? java.util.Optional.of(no)
                                : java.util.Optional.empty();
        site.reset();
        RenderOutcome outcome =
                rendering.render(
                        site.url("/form"),
                        Rendering.LONG,
                        Map.of(),
                        gate,
                        Rendering.RENDERED.withActions(
                                List.of(
                                        new Action.ExecuteJavascript(
                                                "document.forms[0].submit()"))));
        assertThat(outcome).isEqualTo(new RenderOutcome.Ended(no));
        assertThat(site.requests("/found")).isZero();
    }

    @Test
    void aPdfIsBesideThePage() throws Exception {
        RenderOutcome outcome =
                rendering.render(site.url("/form"), Rendering.RENDERED.withPdf(PdfSpec.standard()));
        if (!(outcome instanceof RenderOutcome.Rendered(_, _, List<Attachment> attachments))) {
            throw new AssertionError(outcome.toString());
        }
        assertThat(attachments).extracting(Attachment::name).containsExactly("pdf");
        String pdf = new String(attachments.getFirst().bytes(), ISO_8859_1);
        assertThat(pdf).startsWith("%PDF-").contains("%%EOF");
        assertThat(Set.of(attachments.getFirst().mediaType())).containsOnly("application/pdf");
    }
}
