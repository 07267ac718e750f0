package io.gleaner.render.document;

import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.HopGate;
import io.gleaner.fetch.StatusOutcome;
import io.gleaner.job.FaultCode;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.render.tab.Tab;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The document of the main frame: each request for it and the head of each answer wait for our
 * word, whoever led there.
 */
public final class MainDocument {

    /** The document that was there when a script went elsewhere. */
    private record Shown(URI url, @Nullable MainAnswer answer, int redirects) {}

    /** By the host and by scripts together, until the next action. */
    private static final int HOPS_MAX = 20;

    /** Answers that are a page's way to see whether a browser asks; then comes another one. */
    private static final Set<Integer> MAY_BE_CHALLENGES = Set.of(403, 429, 503);

    /** Answers that leave the page before them where it is. */
    private static final Set<Integer> NOTHING = Set.of(204, 205);

    private final Tab tab;
    private final URI first;
    private final Caller caller;
    private final HopGate gate;
    private final FetchConfig fetchConfig;
    private final Deadline deadline;

    private final Milestones milestones = new Milestones();
    private final List<URI> redirects = new ArrayList<>();
    private @Nullable MainAnswer answer;
    private @Nullable Shown shown;
    private @Nullable URI asked;
    private Duration firstByte = Duration.ZERO;
    private int hops;
    private boolean underWay;
    private long sinceNanos;

    public MainDocument(
            Tab tab,
            URI first,
            Caller caller,
            HopGate gate,
            FetchConfig fetchConfig,
            Deadline deadline) {
        this.tab = tab;
        this.first = first;
        this.caller = caller;
        this.gate = gate;
        this.fetchConfig = fetchConfig;
        this.deadline = deadline;
        this.sinceNanos = deadline.startNanos();
    }

    Milestones milestones() {
        return milestones;
    }

    /** Whether one is asked for and not there yet. */
    boolean isUnderWay() {
        return underWay;
    }

    /** When the last one was asked for. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** The head of the answer that brought it; null when a script made it, or none has come. */
    public @Nullable MainAnswer answer() {
        return answer;
    }

    public List<URI> redirects() {
        return redirects;
    }

    public Duration firstByte() {
        return firstByte;
    }

    /** The address that was asked last. */
    public URI lastUrl() {
        return asked == null ? first : asked;
    }

    /** From now on as many hops as at the beginning: an action of the job may lead on. */
    public void allowHops() {
        hops = 0;
    }

    /** The request for it, or the head of its answer, waits for our word. */
    void paused(JsonNode paused) throws VisitOver, InterruptedException {
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
        underWay = true;
        sinceNanos = System.nanoTime();
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
        firstByte = deadline.sinceStart();
        boolean success = head.status() >= 200 && head.status() < 300;
        boolean document = head.isDocument() && !NOTHING.contains(head.status());
        Shown before = shown;
        if (success && !document && before != null) {
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
        underWay = false;
        redirects.subList(before.redirects(), redirects.size()).clear();
    }

    /** What an answer with this head means, as it would to a plain fetch. */
    public FetchOutcome status(MainAnswer head) {
        return StatusOutcome.of(
                head.status(), head.url().getHost(), head.first("retry-after"), fetchConfig);
    }

    /** A frame shows another document. */
    void navigated(JsonNode frame) throws VisitOver {
        if (!frame.path("id").asString("").equals(tab.mainFrame())) {
            return;
        }
        if (frame.has("unreachableUrl") && milestones.isShown()) {
            // The navigation was a script's, or a refresh: nobody is told what was wrong with it.
            throw new VisitOver(
                    NetErrors.outcome(
                            "not reached: " + lastUrl(), tab.entrance().denial(host(lastUrl()))));
        }
        if (Tab.isFetched(frame.path("url").asString(""))) {
            tab.shows(frame.path("securityOrigin").asString(""));
            shows(frame.path("loaderId").asString(""));
        }
    }

    private void shows(String loader) {
        underWay = false;
        milestones.shows(loader);
    }

    /** What came of asking for the first one. */
    void beginsToLoad(JsonNode result) throws VisitOver {
        String error = result.path("errorText").asString("");
        if (error.isEmpty()) {
            if (!milestones.isShown() && result.has("loaderId")) {
                shows(result.path("loaderId").asString(""));
            }
            return;
        }
        if (answer != null && NOTHING.contains(answer.status())) {
            throw refused(FaultCode.EMPTY_BODY, "status " + answer.status());
        }
        throw new VisitOver(NetErrors.outcome(error, tab.entrance().denial(host(lastUrl()))));
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    /** The page's time is over. */
    public VisitOver hung() {
        if (answer == null && asked != null) {
            return new VisitOver(
                    new Failed(FaultCode.TIMEOUT, "no answer from " + host(asked), null));
        }
        String detail =
                asked == null
                        ? "the browser has not asked for it in its time"
                        : FaultCode.RENDER_TIMEOUT.meaning();
        return refused(FaultCode.RENDER_TIMEOUT, detail);
    }

    /** The host has answered, if it has; what its page did is no reason to ask it later. */
    public VisitOver refused(FaultCode code, String detail) {
        return new VisitOver(new Refused(code, detail, answer == null ? null : answer.status()));
    }
}
