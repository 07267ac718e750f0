package io.gleaner.render.act;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.FaultCode;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.render.document.MainDocument;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.Snapshot;
import io.gleaner.render.document.VisitOver;
import io.gleaner.render.port.RenderConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Does what a job asks for on a page, in order; the first that fails ends the page. */
public final class Actions {

    /** Until a page shows that an action leads elsewhere. */
    private static final Duration NEWS_MAX = Duration.ofMillis(100);

    /** Of the value of a script, as JSON. */
    private static final int VALUE_CHARS_MAX = 1 << 20;

    private static final int WHY_CHARS_MAX = 500;

    /**
     * Whatever the page made of its functions, what is answered is short: a string of the language
     * itself says how long it is.
     */
    private static final String RUN =
            """
            (async (script, valueMax, whyMax) => {
              let why = 'it failed';
              try {
                const value = await (0, eval)(script);
                const json = JSON.stringify(value === undefined ? null : value);
                if (typeof json !== 'string') return {why: 'its value is not JSON'};
                if (json.length <= valueMax) return {json};
                return {why: 'its value is longer than ' + valueMax + ' characters'};
              } catch (e) {
                try { why = String(e); } catch (none) { why = 'it failed'; }
              }
              return {why: typeof why === 'string' && why.length <= whyMax ? why : 'it failed'};
            })\
            """;

    private final MainDocument document;
    private final PageEvents events;
    private final Scripts scripts;
    private final Elements elements;
    private final Hand hand;
    private final Keyboard keyboard;
    private final Camera camera;
    private final Printer printer;
    private final RenderConfig config;

    private final List<ActionResult> results = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    public Actions(
            MainDocument document,
            PageEvents events,
            Scripts scripts,
            Elements elements,
            Camera camera,
            Printer printer,
            RenderConfig config) {
        this.document = document;
        this.events = events;
        this.scripts = scripts;
        this.elements = elements;
        this.hand = new Hand(events, scripts, elements);
        this.keyboard = new Keyboard(events);
        this.camera = camera;
        this.printer = printer;
        this.config = config;
    }

    public List<ActionResult> results() {
        return results;
    }

    public List<Attachment> attachments() {
        return attachments;
    }

    public void doAll(List<Action> actions)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            long start = System.nanoTime();
            Attachment made = done(i, action);
            if (made != null) {
                attachments.add(made);
            }
            results.add(
                    new ActionResult(
                            action.type(),
                            Duration.ofNanos(System.nanoTime() - start),
                            url(),
                            made == null ? null : made.mediaType()));
        }
    }

    /** With what scripts of the page gave it; one that goes elsewhere just now has the last one. */
    private String url() throws VisitOver, PageLost, DevToolsException, InterruptedException {
        try {
            return scripts.ours("document.URL").asString("");
        } catch (DevToolsException e) {
            if (e.kind() != DevToolsException.Kind.REFUSED) {
                throw e;
            }
            return document.lastUrl().toString();
        }
    }

    private @Nullable Attachment done(int index, Action action)
            throws VisitOver, PageLost, InterruptedException, DevToolsException {
        document.allowHops();
        String which = "actions[%d] (%s): ".formatted(index, action.type());
        try {
            Attachment made = make(index, action);
            events.pause(NEWS_MAX);
            events.settle();
            return made;
        } catch (ActionFailed e) {
            throw document.refused(FaultCode.ACTION_FAILED, which + e.getMessage());
        } catch (DevToolsException e) {
            switch (e.kind()) {
                case LATE ->
                        throw document.refused(
                                FaultCode.RENDER_TIMEOUT, which + "the page's time was over");
                case REFUSED -> {
                    events.pause(NEWS_MAX); // If the page has crashed, that is told here.
                    throw document.refused(
                            FaultCode.ACTION_FAILED,
                            which + "the page went elsewhere meanwhile: " + e.getMessage());
                }
                case GONE -> throw e;
            }
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Attachment make(int index, Action action)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        String name = Attachment.ofAction(index);
        switch (action) {
            case Action.Wait(var time) -> events.pause(time);
            case Action.WaitFor(var selector) -> waitFor(selector);
            case Action.Click(var selector, var all) -> {
                if (all) {
                    hand.clickAll(selector);
                } else {
                    hand.click(selector);
                }
            }
            case Action.Write(var text, var selector) -> {
                if (selector == null) {
                    keyboard.write(text);
                } else {
                    hand.fill(selector, text, keyboard);
                }
            }
            case Action.Press(var key) -> keyboard.press(key);
            case Action.Scroll(var up, var selector) ->
                    hand.scroll(up, selector == null ? "" : selector);
            case Action.Screenshot(var spec) -> {
                return bounded(
                        camera.take(spec, name), "its element is not there, or it is too large");
            }
            case Action.Scrape() -> {
                return scraped(name);
            }
            case Action.ExecuteJavascript(var script) -> {
                return bounded(run(script, name), "");
            }
            case Action.Pdf(var spec) -> {
                return bounded(printer.print(spec, name), "it is too large");
            }
        }
        return null;
    }

    private void waitFor(String selector)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        if (!elements.await(selector, Duration.ofDays(1))) {
            throw new ActionFailed(
                    "no element has matched %s in the page's time".formatted(selector));
        }
    }

    private Attachment scraped(String name)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        String html = Snapshot.take(scripts, config).html();
        return bounded(
                html == null
                        ? null
                        : new Attachment(name, "text/html;charset=utf-8", html.getBytes(UTF_8)),
                "the document is too large");
    }

    private Attachment run(String script, String name)
            throws ActionFailed, VisitOver, PageLost, DevToolsException, InterruptedException {
        JsonNode ran =
                scripts.inPage(
                        RUN
                                + "(%s, %d, %d)"
                                        .formatted(
                                                DevTools.literal(script),
                                                VALUE_CHARS_MAX,
                                                WHY_CHARS_MAX));
        if (ran.path("json").isString()) {
            return new Attachment(
                    name, "application/json", ran.path("json").asString("").getBytes(UTF_8));
        }
        throw new ActionFailed(ran.path("why").asString("it failed"));
    }

    private Attachment bounded(@Nullable Attachment made, String why) throws ActionFailed {
        if (made == null) {
            throw new ActionFailed(why);
        }
        long before = attachments.stream().mapToLong(one -> one.bytes().length).sum();
        if (before + made.bytes().length > Attachment.PAGE_BYTES_MAX) {
            throw new ActionFailed(
                    "what the actions make is more than %d MiB"
                            .formatted(Attachment.PAGE_BYTES_MAX >> 20));
        }
        return made;
    }
}
