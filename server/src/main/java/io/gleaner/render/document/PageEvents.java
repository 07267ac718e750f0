package io.gleaner.render.document;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.browser.Event;
import io.gleaner.browser.Session;
import io.gleaner.job.FaultCode;
import io.gleaner.proxy.Usage;
import io.gleaner.render.port.RenderConfig;
import io.gleaner.render.tab.Tab;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the browser tells of a page waits in a queue for the one thread that decides. Whoever waits
 * for something here lets the page go on meanwhile.
 */
public final class PageEvents {

    private static final String NAVIGATED = "Gleaner.navigated";
    private static final String ANSWERED = "Gleaner.answered";
    private static final int EVENTS_MAX = 10_000;

    /** Pause between two looks at what the page has used. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** From the load of a page on. One that polls for ever is never quiet. */
    private static final Duration QUIET_MAX = Duration.ofSeconds(4);

    private final Tab tab;
    private final MainDocument document;
    private final Deadline deadline;
    private final RenderConfig config;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(EVENTS_MAX);

    public PageEvents(Tab tab, MainDocument document, Deadline deadline, RenderConfig config) {
        this.tab = tab;
        this.document = document;
        this.deadline = deadline;
        this.config = config;
    }

    /** On any thread; must not wait. */
    public void heard(Event event) {
        // Over a limit of this size the page floods us, and will meet its deadline.
        boolean _ = events.offer(event);
    }

    /** Asks for the first document. */
    public void navigate(String url) {
        var _ =
                tab.session()
                        .ask("Page.navigate", DevTools.params().put("url", url))
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
    public void settle() throws VisitOver, PageLost, InterruptedException {
        while (!isSettled()) {
            long left = settleNanos();
            Event event = events.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                handle(event);
            } else if (left <= LOOK.toNanos()) {
                if (!document.milestones().has(Milestones.PARSED)) {
                    throw document.hung();
                }
                return;
            }
            stopIfExceeded();
        }
    }

    private boolean isSettled() {
        Milestones milestones = document.milestones();
        return !document.isUnderWay()
                && milestones.has(Milestones.LOADED)
                && milestones.has(Milestones.QUIET);
    }

    /** How long the next event is waited for. */
    private long settleNanos() {
        long now = System.nanoTime();
        Milestones milestones = document.milestones();
        if (!milestones.has(Milestones.PARSED)) {
            return deadline.endNanos() - now;
        }
        long latest =
                Math.min(
                        deadline.takingNanos(),
                        document.sinceNanos() + Math.max(config.settleMax().toNanos(), 0));
        if (milestones.loadedNanos() != 0 && !document.isUnderWay()) {
            latest = Math.min(latest, milestones.loadedNanos() + QUIET_MAX.toNanos());
        }
        return latest - now;
    }

    /** For so long, and not into the time for taking the page. */
    public void pause(Duration time) throws VisitOver, PageLost, InterruptedException {
        long until =
                System.nanoTime() + Math.min(time.toNanos(), deadline.leftBeforeTaking().toNanos());
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            Event event = events.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                handle(event);
            }
            stopIfExceeded();
        }
    }

    /** Asks the page, and waits for the answer until its time is over. */
    public JsonNode call(String method, ObjectNode params)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        return call(method, params, deadline.left());
    }

    /** Asks the page, and waits for the answer. */
    public JsonNode call(String method, ObjectNode params, Duration patience)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        CompletableFuture<JsonNode> answer = tab.session().ask(method, params);
        var _ = answer.whenComplete((_, _) -> heard(new Event(ANSWERED, DevTools.params())));
        long until = System.nanoTime() + patience.toNanos();
        while (!answer.isDone()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                answer.cancel(false);
                throw new DevToolsException(
                        DevToolsException.Kind.LATE, method + ": no answer in " + patience);
            }
            Event event = events.poll(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                handle(event);
            }
            stopIfExceeded();
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DevToolsException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    public void stopIfExceeded() throws VisitOver {
        Usage usage = tab.entrance().usage();
        @Nullable String exceeded = usage == null ? null : usage.exceeded();
        if (exceeded != null) {
            throw document.refused(FaultCode.RENDER_TOO_LARGE, exceeded);
        }
    }

    private void handle(Event event) throws VisitOver, PageLost, InterruptedException {
        JsonNode params = event.params();
        switch (event.method()) {
            case "Fetch.requestPaused" -> document.paused(params);
            case "Page.frameNavigated" -> document.navigated(params.path("frame"));
            case "Page.lifecycleEvent" -> {
                if (params.path("frameId").asString("").equals(tab.mainFrame())) {
                    document.milestones().reached(params);
                }
            }
            case NAVIGATED -> document.beginsToLoad(params);
            case ANSWERED -> {
                // Whoever asked looks for it.
            }
            case "Inspector.targetCrashed" -> throw new PageLost(true);
            case Session.GONE -> throw new PageLost(false);
            default -> throw new IllegalStateException(event.method());
        }
    }
}
