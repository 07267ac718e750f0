package io.gleaner.webhook;

import io.gleaner.database.DatabaseException;
import io.gleaner.fetch.Poster;
import io.gleaner.loop.Loop;
import io.gleaner.store.Pages;
import io.gleaner.store.WebhookTurn;
import io.gleaner.store.Webhooks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for receivers that have something to be told, and tells each in a thread of its own. Any
 * number of processes may do so.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /** After which a receiver comes again that has as many messages on their way as it may. */
    private static final Duration CROWDED = Duration.ofSeconds(1);

    private final WebhookConfig config;
    private final Webhooks webhooks;
    private final Telling telling;
    private final Semaphore places;
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());
    private final Loop loop;

    private Deliveries(
            WebhookConfig config,
            Webhooks webhooks,
            Pages pages,
            Poster poster,
            MeterRegistry metrics,
            InstantSource clock) {
        this.config = config;
        this.webhooks = webhooks;
        this.places = new Semaphore(config.sendsMax());
        this.telling =
                new Telling(
                        config,
                        webhooks,
                        pages,
                        poster,
                        new Retries(ThreadLocalRandom.current()),
                        metrics,
                        clock);
        Gauge.builder(
                        "gleaner.webhook.sends",
                        places,
                        free -> config.sendsMax() - free.availablePermits())
                .description("Receivers that are being told something")
                .register(metrics);
        this.loop = Loop.every(config.poll(), "webhooks", metrics, this::round);
    }

    /**
     * @param poster sends the messages; closed by its owner
     */
    public static Deliveries start(
            WebhookConfig config,
            Webhooks webhooks,
            Pages pages,
            Poster poster,
            MeterRegistry metrics,
            InstantSource clock) {
        return new Deliveries(config, webhooks, pages, poster, metrics, clock);
    }

    private void round() {
        try {
            int free = places.availablePermits();
            if (free > 0) {
                take(webhooks.claim(free, config.lease()));
            }
        } catch (DatabaseException e) {
            e.warn(LOG, "no webhooks this round");
        }
    }

    private void take(List<WebhookTurn> turns) {
        for (WebhookTurn turn : turns) {
            String receiver = receiver(turn);
            if (busy.merge(receiver, 1, Integer::sum) > config.sendsPerReceiverMax()) {
                giveBack(receiver);
                webhooks.leave(turn, turn.position(), CROWDED);
            } else {
                places.acquireUninterruptibly();
                var _ = threads.submit(() -> tell(receiver, turn));
            }
        }
    }

    private void tell(String receiver, WebhookTurn turn) {
        try {
            telling.run(turn);
        } catch (DatabaseException e) {
            e.warn(LOG, "the webhook of job " + turn.job().id() + " waits for its lease to end");
        } catch (RuntimeException e) {
            LOG.error("a bug met the webhook of job {}", turn.job().id(), e);
        } finally {
            giveBack(receiver);
            places.release();
        }
    }

    private void giveBack(String receiver) {
        busy.computeIfPresent(receiver, (key, n) -> n == 1 ? null : n - 1);
    }

    private static String receiver(WebhookTurn turn) {
        return String.valueOf(URI.create(turn.webhook().url()).getRawAuthority());
    }

    /** What is on its way is cut; it is sent again later. */
    @Override
    public void close() {
        loop.stop();
        threads.shutdownNow();
        threads.close();
    }
}
