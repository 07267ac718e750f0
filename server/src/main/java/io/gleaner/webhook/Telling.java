package io.gleaner.webhook;

import io.gleaner.fetch.Poster;
import io.gleaner.fetch.Poster.Outcome.Answered;
import io.gleaner.fetch.Poster.Outcome.Unanswered;
import io.gleaner.job.Job;
import io.gleaner.job.WebhookEvent;
import io.gleaner.job.WebhookSpec;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.gleaner.store.WebhookState;
import io.gleaner.store.WebhookTurn;
import io.gleaner.store.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells one receiver one event after the other: the next only when the one before has arrived. */
final class Telling {

    private static final int GONE = 410;
    private static final Duration SOON = Duration.ZERO;

    private final WebhookConfig config;
    private final Webhooks webhooks;
    private final Pages pages;
    private final Poster poster;
    private final Retries retries;
    private final MeterRegistry metrics;
    private final InstantSource clock;

    Telling(
            WebhookConfig config,
            Webhooks webhooks,
            Pages pages,
            Poster poster,
            Retries retries,
            MeterRegistry metrics,
            InstantSource clock) {
        this.config = config;
        this.webhooks = webhooks;
        this.pages = pages;
        this.poster = poster;
        this.retries = retries;
        this.metrics = metrics;
        this.clock = clock;
    }

    void run(WebhookTurn turn) {
        Job job = turn.job();
        WebhookSpec webhook = turn.webhook();
        long position = turn.position();
        int attempts = turn.attempts();
        for (int told = 0; told < config.turnMax() && !Thread.interrupted(); told++) {
            position = wanted(webhook, job, position);
            WebhookEvent event = event(job, position);
            if (event == null) {
                break; // Nothing more for now.
            }
            boolean last = position > job.done() && job.state().isFinal();
            if (last && !webhook.events().contains(event)) {
                webhooks.ended(turn, position + 1);
                return;
            }
            switch (send(job, webhook, position, event)) {
                case Answered(int status, Duration after) when status / 100 == 2 -> {
                    count("arrived");
                    WebhookState state = last ? WebhookState.DONE : WebhookState.OPEN;
                    if (!webhooks.told(turn, position + 1, state, status, config.lease()) || last) {
                        return;
                    }
                    position++;
                    attempts = 0;
                }
                case Answered(int status, Duration after) -> {
                    failed(turn, position, attempts + 1, status, "it answered " + status, after);
                    return;
                }
                case Unanswered(String problem) -> {
                    failed(turn, position, attempts + 1, null, problem, null);
                    return;
                }
            }
        }
        webhooks.leave(turn, position, SOON);
    }

    /** The position from here on whose event is wanted. */
    private static long wanted(WebhookSpec webhook, Job job, long position) {
        long at = position;
        if (at == 0 && !webhook.events().contains(WebhookEvent.STARTED)) {
            at = 1;
        }
        if (at >= 1 && at <= job.done() && !webhook.events().contains(WebhookEvent.PAGE)) {
            at = job.done() + 1;
        }
        return at;
    }

    /** What is told at a position; null when nothing is yet. */
    private static @Nullable WebhookEvent event(Job job, long position) {
        if (position == 0) {
            return WebhookEvent.STARTED;
        }
        if (position <= job.done()) {
            return WebhookEvent.PAGE;
        }
        return switch (job.state()) {
            case RUNNING -> null;
            case COMPLETED -> WebhookEvent.COMPLETED;
            case FAILED -> WebhookEvent.FAILED;
            case CANCELLED -> WebhookEvent.CANCELLED;
        };
    }

    private Poster.Outcome send(Job job, WebhookSpec webhook, long position, WebhookEvent event) {
        Instant now = clock.instant();
        byte[] body = Message.of(job, event, page(job, position, event), now);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(webhook.headers());
        headers.putAll(Signatures.headers(Message.id(job, position), now, body, webhook.secret()));
        return poster.post(URI.create(webhook.url()), headers, body);
    }

    private @Nullable StoredPage page(Job job, long position, WebhookEvent event) {
        if (event != WebhookEvent.PAGE) {
            return null;
        }
        List<StoredPage> page = pages.read(job.id(), position - 1, 1, PageFilter.ALL);
        return page.isEmpty() ? null : page.getFirst();
    }

    private void failed(
            WebhookTurn turn,
            long position,
            int attempts,
            @Nullable Integer status,
            String problem,
            @Nullable Duration retryAfter) {
        Optional<Duration> pause = retries.after(attempts);
        boolean ends = pause.isEmpty() || (status != null && status == GONE);
        count(ends ? "stopped" : "failed");
        Duration wait = pause.orElse(Duration.ZERO);
        webhooks.failed(
                turn,
                position,
                attempts,
                ends ? WebhookState.STOPPED : WebhookState.OPEN,
                status,
                problem,
                retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait);
    }

    private void count(String outcome) {
        metrics.counter("gleaner.webhook.messages", "outcome", outcome).increment();
    }
}
