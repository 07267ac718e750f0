package io.gleaner.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.browser.DevToolsException;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.HopGate;
import io.gleaner.fetch.Response;
import io.gleaner.job.FaultCode;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.render.act.Actions;
import io.gleaner.render.act.Camera;
import io.gleaner.render.act.Elements;
import io.gleaner.render.act.Growth;
import io.gleaner.render.act.Printer;
import io.gleaner.render.document.Caller;
import io.gleaner.render.document.Deadline;
import io.gleaner.render.document.MainAnswer;
import io.gleaner.render.document.MainDocument;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.Snapshot;
import io.gleaner.render.document.VisitOver;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.port.RenderRequest;
import io.gleaner.render.tab.Tab;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page in a tab: asked for, let over its redirects, waited for, acted on, taken. All of it is
 * decided in one thread.
 */
final class Visit {

    private static final int TAKES_MAX = 3;
    private static final Duration NEWS_MAX = Duration.ofMillis(100);

    private final Tab tab;
    private final RenderRequest request;
    private final Caller caller;
    private final RenderConfig config;
    private final Deadline deadline;
    private final MainDocument document;
    private final PageEvents events;
    private final Scripts scripts;
    private final Elements elements;
    private final Camera camera;
    private final Printer printer;
    private final Actions actions;

    Visit(
            Tab tab,
            RenderRequest request,
            HopGate gate,
            RenderConfig config,
            FetchConfig fetchConfig,
            long deadlineNanos) {
        this.tab = tab;
        this.request = request;
        this.caller = new Caller(request.fetch());
        this.config = config;
        this.deadline = new Deadline(System.nanoTime(), deadlineNanos);
        this.document =
                new MainDocument(tab, request.fetch().url(), caller, gate, fetchConfig, deadline);
        this.events = new PageEvents(tab, document, deadline, config);
        this.scripts = new Scripts(tab, events);
        this.elements = new Elements(scripts, events, deadline);
        this.camera = new Camera(events, scripts, tab.device());
        this.printer = new Printer(events);
        this.actions = new Actions(document, events, scripts, elements, camera, printer, config);
    }

    /**
     * Takes the page to its end.
     *
     * @throws VisitOver when there is no page, and why
     * @throws PageLost when the page's process or the browser has ended meanwhile
     */
    RenderOutcome page() throws VisitOver, PageLost, InterruptedException {
        var _ = tab.entrance().begin();
        tab.begin(events::heard);
        try {
            caller.introduce(events, tab.session(), tab.device());
            events.navigate(request.fetch().url().toString());
            events.settle();
            awaitMore();
            RenderSpec spec = request.spec();
            if (spec.scroll() != null) {
                new Growth(scripts, deadline).scroll(spec.scroll());
            }
            actions.doAll(spec.actions());
            return rendered();
        } catch (DevToolsException e) {
            switch (e.kind()) {
                case LATE -> throw document.hung();
                // What a page that has just crashed is asked, is refused.
                case REFUSED -> throw new PageLost(true);
                case GONE -> throw new PageLost(false);
            }
            throw new IllegalStateException(e);
        } finally {
            tab.entrance().end();
        }
    }

    /** What the caller waits for besides. */
    private void awaitMore() throws VisitOver, PageLost, DevToolsException, InterruptedException {
        String selector = request.spec().waitForSelector();
        if (selector != null) {
            var _ = elements.await(selector, deadline.leftBeforeTaking());
        }
        events.pause(request.spec().waitFor());
    }

    private RenderOutcome rendered()
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        Response page = take();
        List<Attachment> attachments = new ArrayList<>(actions.attachments());
        ScreenshotSpec screenshot = request.spec().screenshot();
        if (screenshot != null) {
            add(attachments, camera.take(screenshot, Attachment.SCREENSHOT));
        }
        PdfSpec pdf = request.spec().pdf();
        if (pdf != null) {
            add(attachments, printer.print(pdf, Attachment.PDF));
        }
        long bytes = attachments.stream().mapToLong(one -> one.bytes().length).sum();
        hold(page.body().length + bytes);
        return new RenderOutcome.Rendered(page, actions.results(), attachments);
    }

    /** What does not fit beside the others is left out, as one that is too large by itself is. */
    private static void add(List<Attachment> attachments, @Nullable Attachment made) {
        long bytes = attachments.stream().mapToLong(one -> one.bytes().length).sum();
        if (made != null && bytes + made.bytes().length <= Attachment.PAGE_BYTES_MAX) {
            attachments.add(made);
        }
    }

    private Response take() throws VisitOver, PageLost, DevToolsException, InterruptedException {
        MainAnswer head = document.answer();
        if (head != null && (head.status() < 200 || head.status() > 299)) {
            throw new VisitOver(document.status(head));
        }
        Snapshot snapshot = snapshot();
        if (snapshot.html() == null) {
            throw document.refused(
                    FaultCode.RENDER_TOO_LARGE,
                    "%d elements; the limits are %d elements and %d characters"
                            .formatted(snapshot.elements(), config.nodesMax(), config.charsMax()));
        }
        events.stopIfExceeded();
        byte[] body = snapshot.html().getBytes(UTF_8);
        hold(body.length);
        Map<String, List<String>> headers = head == null ? Map.of() : head.headers();
        String type = head == null || head.mediaType().isEmpty() ? "text/html" : head.mediaType();
        return new Response(
                shownUrl(snapshot, document.lastUrl()),
                head == null ? 200 : head.status(),
                // A document of the browser is written as HTML, whatever it came as.
                type.equals("application/xhtml+xml") ? "text/html" : type,
                UTF_8,
                body,
                headers,
                document.redirects(),
                document.firstByte(),
                deadline.sinceStart());
    }

    /** A script may go elsewhere at this moment: then what comes next is the page. */
    private Snapshot snapshot()
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return Snapshot.take(scripts, config);
            } catch (DevToolsException e) {
                if (e.kind() != DevToolsException.Kind.REFUSED || tries == TAKES_MAX) {
                    throw e;
                }
                events.pause(NEWS_MAX);
                events.settle();
            }
        }
    }

    /** The history of a page may have given it another address of the same origin. */
    private static URI shownUrl(Snapshot snapshot, URI last) {
        try {
            URI shown = URI.create(snapshot.url());
            return Tab.isFetched(snapshot.url()) && FetchRequest.isSameOrigin(last, shown)
                    ? withoutFragment(shown)
                    : last;
        } catch (IllegalArgumentException e) {
            return last;
        }
    }

    private static URI withoutFragment(URI url) {
        String text = url.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? url : URI.create(text.substring(0, fragment));
    }

    private void hold(long bytes) throws VisitOver, InterruptedException {
        var hold = request.fetch().hold();
        if (hold != null && !hold.awaitAtLeast(2L * bytes, deadline.left())) {
            throw new VisitOver(
                    new Failed(
                            FaultCode.TIMEOUT,
                            "waited too long for memory that other bodies take",
                            null));
        }
    }
}
