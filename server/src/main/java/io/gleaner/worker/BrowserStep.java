package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.extract.BrowserNeed;
import io.gleaner.extract.ExtractionException;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchOutcome.Failed;
import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.fetch.FetchOutcome.Throttled;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Response;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Task;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.render.port.RenderRequest;
import io.gleaner.render.port.TabKey;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which pages are shown to the browser, and shows them. */
final class BrowserStep {

    private static final String ASKED_FOR = "asked for";
    private static final String HABIT = "pages like it have needed it";
    private static final String CHECK = "to see whether pages like it need it";
    private static final String CHALLENGE = "its answer may be a test whether a browser asks";
    private static final String NO_DOCUMENT = "what came is no HTML";

    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final PoliteFetch fetch;
    private final FetchConfig fetchConfig;
    private final PageReader reader;
    private final RenderHabits habits;
    private final WorkerMetrics metrics;
    private final boolean elsewhere;

    /**
     * @param elsewhere whether the browser is that of another process: then what needs one is
     *     handed over
     */
    BrowserStep(
            PoliteFetch fetch,
            FetchConfig fetchConfig,
            PageReader reader,
            RenderHabits habits,
            WorkerMetrics metrics,
            boolean elsewhere) {
        this.fetch = fetch;
        this.fetchConfig = fetchConfig;
        this.reader = reader;
        this.habits = habits;
        this.metrics = metrics;
        this.elsewhere = elsewhere;
    }

    /** What came of a page. */
    sealed interface Came {}

    /**
     * It was fetched, or rendered.
     *
     * @param note whether it was rendered, or null where that is no question
     */
    record Seen(FetchOutcome outcome, @Nullable Rendering note) implements Came {}

    /**
     * It is for a process that has a browser.
     *
     * @param why one clause
     */
    record Elsewhere(String why) implements Came {}

    /** Whether a task is shown to the browser without a plain fetch before. */
    boolean comesFirst(Task task, FetchSpec spec) {
        return switch (spec.render().mode()) {
            case NEVER -> false;
            case AUTO ->
                    task.renderWhy() == null
                            ? habits.rendersAtOnce(URI.create(task.url()))
                            : !isChallenge(task) || habits.triesChallenge(URI.create(task.url()));
            case ALWAYS -> true;
        };
    }

    private static boolean isChallenge(Task task) {
        return CHALLENGE.equals(task.renderWhy());
    }

    /** Renders a task whose permission and turn have been granted; gives the turn back. */
    Came first(Task task, JobContext job, HeldTurn turn, HopCheck check, Hold hold)
            throws InterruptedException {
        String why = why(task, job.spec().fetch());
        if (elsewhere) {
            turn.close();
            return new Elsewhere(why);
        }
        PoliteFetch.Shown shown =
                metrics.rendering(() -> fetch.renderInTurn(request(task, job, hold), turn, check));
        if (isChallenge(task)) {
            habits.triedChallenge(URI.create(task.url()), shown.rendered());
        }
        return seen(shown, why);
    }

    private static String why(Task task, FetchSpec spec) {
        return spec.render().mode() == RenderMode.ALWAYS
                ? ASKED_FOR
                : Objects.requireNonNullElse(task.renderWhy(), HABIT);
    }

    /**
     * Looks at what a plain fetch came to, and shows the page to the browser if it seems to need
     * that.
     *
     * @throws java.util.concurrent.CancellationException when nobody wants it any more
     */
    Came after(Task task, JobContext job, FetchOutcome plain, Hold hold)
            throws ExtractionException, InterruptedException {
        URI url = URI.create(task.url());
        if (plain instanceof Fetched(var response)) {
            return asNeeded(task, url, job, response, hold);
        }
        if (!mayBeChallenge(plain) || !habits.triesChallenge(url)) {
            return new Seen(plain, null);
        }
        if (elsewhere) {
            return new Elsewhere(CHALLENGE);
        }
        PoliteFetch.Shown shown = shown(task, job, hold);
        habits.triedChallenge(url, shown.rendered());
        return shown.rendered() ? seen(shown, CHALLENGE) : new Seen(plain, null);
    }

    /** What is answered to whom is no browser; a host that says when to come back means it. */
    private static boolean mayBeChallenge(FetchOutcome plain) {
        return switch (plain) {
            case Fetched _ -> false;
            case Throttled(var status, var retryAfter, _) ->
                    status == UNAVAILABLE && retryAfter == null;
            case Refused(_, _, var status) -> Objects.equals(status, FORBIDDEN);
            case Failed(_, _, var status) -> Objects.equals(status, UNAVAILABLE);
        };
    }

    private Came asNeeded(Task task, URI url, JobContext job, Response response, Hold hold)
            throws ExtractionException, InterruptedException {
        BrowserNeed need = reader.need(response, job);
        boolean checks = habits.saw(url, need.needed());
        if (need.needed()) {
            return elsewhere ? new Elsewhere(need.why()) : seen(shown(task, job, hold), need.why());
        }
        return checks && !elsewhere
                ? checked(task, url, job, response, need, hold)
                : new Seen(new Fetched(response), new Rendering(false, need.why()));
    }

    /** Renders a page that seems not to need it. Where that fails, it is as it was fetched. */
    private Seen checked(
            Task task, URI url, JobContext job, Response response, BrowserNeed plain, Hold hold)
            throws ExtractionException, InterruptedException {
        PoliteFetch.Shown shown = shown(task, job, hold);
        if (!shown.rendered() || !(shown.outcome() instanceof Fetched(var rendered))) {
            return new Seen(new Fetched(response), new Rendering(false, plain.why()));
        }
        habits.checked(url, reader.need(rendered, job).saysMuchMoreThan(plain));
        return seen(shown, CHECK);
    }

    private PoliteFetch.Shown shown(Task task, JobContext job, Hold hold)
            throws InterruptedException {
        boolean respectRobots = job.spec().fetch().respectRobots();
        return metrics.rendering(() -> fetch.render(request(task, job, hold), respectRobots));
    }

    private RenderRequest request(Task task, JobContext job, Hold hold) {
        FetchSpec spec = job.spec().fetch();
        URI url = URI.create(task.url());
        return new RenderRequest(
                FetchRequest.page(url, spec, fetchConfig).within(hold),
                new TabKey(task.jobId(), String.valueOf(url.getAuthority())),
                spec.render(),
                job.wanted());
    }

    private static Seen seen(PoliteFetch.Shown shown, String why) {
        return new Seen(
                shown.outcome(),
                shown.rendered()
                        ? new Rendering(true, why, shown.actions(), shown.attachments())
                        : new Rendering(false, NO_DOCUMENT));
    }
}
