package io.gleaner.app;

import io.gleaner.fetch.FetchConfig;
import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.worker.WorkerConfig;
import java.time.Duration;

/** How far each step goes: as the settings say, and the standard for what has no setting. */
record Limits(WorkerConfig worker, PolitenessConfig politeness, FetchConfig fetch) {

    private static final Duration ROBOTS_RETRY = Duration.ofSeconds(10);

    static Limits of(Settings settings) {
        return new Limits(
                WorkerConfig.standard()
                        .withConcurrency(settings.concurrency())
                        .withAttemptsMax(settings.attemptsMax())
                        .withRefusalsMax(settings.refusalsMax()),
                politeness(settings),
                fetch(settings));
    }

    private static PolitenessConfig politeness(Settings settings) {
        PolitenessConfig standard = PolitenessConfig.standard();
        return new PolitenessConfig(
                standard.agentToken(),
                settings.crawlDelayMin(),
                settings.crawlDelayMax(),
                settings.hostSlots(),
                settings.robotsTtl(),
                ROBOTS_RETRY,
                standard.robotsMaxBytes(),
                standard.robotsCacheBytes(),
                standard.backoffMin(),
                standard.backoffMax(),
                settings.retryAfterMax(),
                standard.paceIdle(),
                standard.pacesMax());
    }

    private static FetchConfig fetch(Settings settings) {
        FetchConfig standard = FetchConfig.standard();
        return settings.contact().isEmpty()
                ? standard
                : standard.withUserAgent(FetchConfig.userAgent(settings.contact()));
    }
}
