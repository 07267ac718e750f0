package io.gleaner.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.browser.Event;
import io.gleaner.browser.Session;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.HopGate;
import io.gleaner.fetch.Response;
import io.gleaner.fetch.StatusOutcome;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Screenshot;
import io.gleaner.job.ScreenshotSpec;
import io.gleaner.proxy.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One page in a tab: asked for, let over its redirects, waited for, taken. All of it is decided in
 * one thread; what the browser tells waits in a queue.
 */
final class Visit {

    /** The document that was there when a script went elsewhere. */
    private record Shown(URI url, @Nullable MainAnswer answer, int redirects) {}

    private static final String NAVIGATED = "Gleaner.navigated";
    private static final int EVENTS_MAX = 10_000;

    /** Of the main document, by the host and by scripts together. */
    private static final int HOPS_MAX = 20;

    /** Answers that are a page's way to see whether a browser asks; then comes another one. */
    private static final Set<Integer> MAY_BE_CHALLENGES = Set.of(403, 429, 503);

    /** Pause between two looks at what the page has used. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** From the load of a page on. One that polls for ever is never quiet. */
    private static final Duration QUIET_MAX = Duration.ofSeconds(4);

    private static final int TAKES_MAX = 3;
    private static final Duration NEWS_MAX = Duration.ofMillis(100);

    /** Of the time, kept for taking the document. */
    private static final double TAKING_SHARE = 0.2;

    private final Tab tab;
    private final RenderRequest request;
    private final Caller caller;
    private final HopGate gate;
    private final RenderConfig config;
    private final FetchConfig fetchConfig;
    private final long startNanos;
    private final long deadlineNanos;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENTS_MAX);

    private final Milestones milestones = new Milestones();
    private final List<URI> redirects = new ArrayList<>();
    private @Nullable MainAnswer answer;
    private @Nullable Shown shown;
    private @Nullable URI asked;
    private Duration firstByte = Duration.ZERO;
    private int hops;

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
        this.gate = gate;
        this.config = config;
        this.fetchConfig = fetchConfig;
        this.startNanos = System.nanoTime();
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Takes the page to its end.
     *
     * @throws VisitOver when there is no page, and why
     * @throws PageLost when the page's process or the browser has ended meanwhile
     */
    RenderOutcome page() throws VisitOver, PageLost, InterruptedException {
        var _ = tab.entrance().begin();
        tab.begin(this::heard);
        try {
            caller.introduce(tab.session());
            navigate();
            settle();
            awaitMore();
            return rendered();
        } catch (DevToolsException e) {
            switch (e.kind()) {
                case LATE -> throw hung();
                // What a page that has just crashed is asked, is refused.
                case REFUSED -> throw new PageLost(true);
                case GONE -> throw new PageLost(false);
            }
            throw new IllegalStateException(e);
        } finally {
            tab.entrance().end();
        }
    }

    private void heard(Event event) {
        // VisitOver a limit of this size the page floods us, and will meet its deadline.
        boolean _ = events.offer(event);
    }

    private void navigate() {
        var to = DevTools.params().put("url", request.fetch().url().toString());
        var _ =
                tab.session()
                        .ask("Page.navigate", to)
                        .whenComplete(
                                (result, failure) ->
                                        heard(
                                                new Event(
                                                        NAVIGATED,
                                                        failure == null
                                                                ? result
                                                                : DevTools.params())));
    }

    /** Until the page has loaded and its network is quiet, or it has had its time for that. */
    private void settle() throws VisitOver, PageLost, InterruptedException {
        while (!isSettled()) {
            long left = waitNanos();
            Event event = events.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                handle(event);
            } else if (left <= LOOK.toNanos()) {
                if (!milestones.has(Milestones.PARSED)) {
                    throw hung();
                }
                return;
            }
            stopIfExceeded();
        }
    }

    private void stopIfExceeded() throws VisitOver {
        Usage usage = tab.entrance().usage();
        String exceeded = usage == null ? null : usage.exceeded();
        if (exceeded != null) {
            throw refused(FaultCode.RENDER_TOO_LARGE, exceeded);
        }
    }

    private boolean isSettled() {
        return milestones.has(Milestones.LOADED) && milestones.has(Milestones.QUIET);
    }

    /** Until when the next event is waited for. */
    private long waitNanos() {
        long now = System.nanoTime();
        if (!milestones.has(Milestones.PARSED)) {
            return deadlineNanos - now;
        }
        long total = deadlineNanos - startNanos;
        long latest =
                Math.min(
                        deadlineNanos - (long) (total * TAKING_SHARE),
                        startNanos + Math.max(config.settleMax().toNanos(), 0));
        if (milestones.loadedNanos() != 0) {
            latest = Math.min(latest, milestones.loadedNanos() + QUIET_MAX.toNanos());
        }
        return latest - now;
    }

    private void handle(Event event) throws VisitOver, PageLost, InterruptedException {
        JsonNode params = event.params();
        switch (event.method()) {
            case "Fetch.requestPaused" -> mainDocument(params);
            case "Page.frameNavigated" -> navigated(params.path("frame"));
            case "Page.lifecycleEvent" -> {
                if (params.path("frameId").asString("").equals(tab.mainFrame())) {
                    milestones.reached(params);
                }
            }
            case NAVIGATED -> beginsToLoad(params);
            case "Inspector.targetCrashed" -> throw new PageLost(true);
            case Session.GONE -> throw new PageLost(false);
            default -> throw new IllegalStateException(event.method());
        }
    }

    /** The request for the main document, or the head of its answer, waits for our word. */
    private void mainDocument(JsonNode paused) throws VisitOver, InterruptedException {
        String id = paused.path("requestId").asString("");
        URI url = url(paused.path("request").path("url").asString(""), id);
        if (paused.has("responseStatusCode")) {
            answered(url, paused, id);
        } else if (paused.has("responseErrorReason")) {
            tab.goOn(id); // The answer to the navigation names it.
        } else {
            ask(url, paused, id);
        }
    }

    private URI url(String text, String id) throws VisitOver {
        if (!Tab.isFetched(text)) {
            tab.fail(id, "AccessDenied");
            throw refused(FaultCode.UNSUPPORTED_SCHEME, text);
        }
        int fragment = text.indexOf('#');
        try {
            return URI.create(fragment < 0 ? text : text.substring(0, fragment));
        } catch (IllegalArgumentException e) {
            tab.fail(id, "AccessDenied");
            throw refused(FaultCode.INVALID_URL, "not a URL: " + text);
        }
    }

    private void ask(URI url, JsonNode paused, String id) throws VisitOver, InterruptedException {
        URI from = asked;
        asked = url;
        if (from != null) {
            shown = !milestones.isShown() ? null : new Shown(from, answer, redirects.size());
            redirects.add(from);
            if (++hops > HOPS_MAX) {
                tab.fail(id, "Aborted");
                throw refused(
                        FaultCode.TOO_MANY_REDIRECTS, "more than %d redirects".formatted(HOPS_MAX));
            }
            Optional<FetchOutcome> stop = gate.stop(url);
            if (stop.isPresent()) {
                tab.fail(id, "BlockedByClient");
                throw new VisitOver(stop.get());
            }
        }
        tab.session().tell("Fetch.continueRequest", caller.goesOn(paused, url, id));
    }

    private void answered(URI url, JsonNode paused, String id) throws VisitOver {
        var head = MainAnswer.of(url, paused);
        if (head.isRedirect()) {
            tab.goOn(id);
            return;
        }
        answer = head;
        firstByte = Duration.ofNanos(System.nanoTime() - startNanos);
        boolean success = head.status() >= 200 && head.status() < 300;
        Shown before = shown;
        if (success && !head.isDocument() && before != null) {
            tab.fail(id, "Aborted");
            stay(before);
            return;
        }
        if (success && !head.isDocument()) {
            tab.fail(id, "Aborted");
            throw new VisitOver(new RenderOutcome.NotForBrowser(head.mediaType()));
        }
        if (!success && !MAY_BE_CHALLENGES.contains(head.status())) {
            tab.fail(id, "Aborted");
            throw new VisitOver(status(head));
        }
        tab.goOn(id);
    }

    /** A page that starts a download is still that page. */
    private void stay(Shown before) {
        asked = before.url();
        answer = before.answer();
        redirects.subList(before.redirects(), redirects.size()).clear();
    }

    private FetchOutcome status(MainAnswer head) {
        return StatusOutcome.of(
                head.status(), head.url().getHost(), head.first("retry-after"), fetchConfig);
    }

    private void navigated(JsonNode frame) throws VisitOver {
        if (frame.path("id").asString("").equals(tab.mainFrame())
                && frame.has("unreachableUrl")
                && milestones.isShown()) {
            // The navigation was a script's, or a refresh: nobody is told what was wrong with it.
            URI last = asked == null ? request.fetch().url() : asked;
            throw new VisitOver(
                    NetErrors.outcome("not reached: " + last, tab.entrance().denial(host(last))));
        }
        if (frame.path("id").asString("").equals(tab.mainFrame())
                && Tab.isFetched(frame.path("url").asString(""))) {
            tab.shows(frame.path("securityOrigin").asString(""));
            milestones.shows(frame.path("loaderId").asString(""));
        }
    }

    private void beginsToLoad(JsonNode result) throws VisitOver {
        String error = result.path("errorText").asString("");
        if (error.isEmpty()) {
            if (!milestones.isShown() && result.has("loaderId")) {
                milestones.shows(result.path("loaderId").asString(""));
            }
            return;
        }
        if (answer != null && (answer.status() == 204 || answer.status() == 205)) {
            throw refused(FaultCode.EMPTY_BODY, "status " + answer.status());
        }
        URI last = asked == null ? request.fetch().url() : asked;
        throw new VisitOver(NetErrors.outcome(error, tab.entrance().denial(host(last))));
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    /** What the caller waits for besides. */
    private void awaitMore() throws VisitOver, PageLost, DevToolsException, InterruptedException {
        String selector = request.waitUntil().selector();
        if (selector != null) {
            Snapshot.evaluate(tab, Waiting.forElement(selector, leftForTaking()), left());
        }
        Duration time = request.waitUntil().time();
        long until = System.nanoTime() + Math.min(time.toNanos(), leftForTaking().toNanos());
        while (!time.isZero()) {
            Event event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                return;
            }
            handle(event);
        }
    }

    private RenderOutcome rendered()
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        Response page = take();
        ScreenshotSpec wanted = request.screenshot();
        Screenshot picture = wanted == null ? null : Camera.take(tab, wanted, left());
        if (picture != null) {
            hold(page.body().length + picture.image().length);
        }
        return new RenderOutcome.Rendered(page, picture);
    }

    private Response take() throws VisitOver, PageLost, DevToolsException, InterruptedException {
        MainAnswer head = answer;
        if (head != null && (head.status() < 200 || head.status() > 299)) {
            throw new VisitOver(status(head));
        }
        Snapshot snapshot = snapshot();
        if (snapshot.html() == null) {
            throw refused(
                    FaultCode.RENDER_TOO_LARGE,
                    "%d elements; the limits are %d elements and %d characters"
                            .formatted(snapshot.elements(), config.nodesMax(), config.charsMax()));
        }
        stopIfExceeded();
        byte[] body = snapshot.html().getBytes(UTF_8);
        hold(body.length);
        Map<String, List<String>> headers = head == null ? Map.of() : head.headers();
        URI last = asked == null ? request.fetch().url() : asked;
        String type = head == null || head.mediaType().isEmpty() ? "text/html" : head.mediaType();
        return new Response(
                shownUrl(snapshot, last),
                head == null ? 200 : head.status(),
                // A document of the browser is written as HTML, whatever it came as.
                type.equals("application/xhtml+xml") ? "text/html" : type,
                UTF_8,
                body,
                headers,
                redirects,
                firstByte,
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** A script may go elsewhere at this moment: then what comes next is the page. */
    private Snapshot snapshot()
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return Snapshot.take(tab, config, left());
            } catch (DevToolsException e) {
                if (e.kind() != DevToolsException.Kind.REFUSED || tries == TAKES_MAX) {
                    throw e;
                }
                for (Event event = next(); event != null; event = next()) {
                    handle(event);
                }
                settle();
            }
        }
    }

    private @Nullable Event next() throws InterruptedException {
        return events.poll(NEWS_MAX.toNanos(), TimeUnit.NANOSECONDS);
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

    private void hold(int bytes) throws VisitOver, InterruptedException {
        var hold = request.fetch().hold();
        if (hold != null && !hold.awaitAtLeast(2L * bytes, left())) {
            throw new VisitOver(
                    new Failed(
                            FaultCode.TIMEOUT,
                            "waited too long for memory that other bodies take",
                            null));
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
    }

    private Duration leftForTaking() {
        long kept = (long) ((deadlineNanos - startNanos) * TAKING_SHARE);
        return Duration.ofNanos(Math.max(1, deadlineNanos - kept - System.nanoTime()));
    }

    private VisitOver hung() {
        if (answer == null && asked != null) {
            return new VisitOver(
                    new Failed(FaultCode.TIMEOUT, "no answer from " + host(asked), null));
        }
        return refused(FaultCode.RENDER_TIMEOUT, FaultCode.RENDER_TIMEOUT.meaning());
    }

    /** The host has answered, if it has; what its page did is no reason to ask it later. */
    private VisitOver refused(FaultCode code, String detail) {
        return new VisitOver(new Refused(code, detail, answer == null ? null : answer.status()));
    }
}
