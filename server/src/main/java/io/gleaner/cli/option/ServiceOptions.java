package io.gleaner.cli.option;

import io.gleaner.app.Settings;
import io.gleaner.redis.RedisConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The service's settings as flags. A flag wins over its environment variable. */
public final class ServiceOptions {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description =
                    "Redis for what processes share (GLEANER_REDIS_URL), like redis://host:6379;"
                            + " 'gleaner redis ping' says whether it can be used.")
    private @Nullable String redisUrl;

    @Option(
            names = "--allow-private-networks",
            description =
                    "Fetch from loopback, private and link-local addresses too"
                            + " (GLEANER_ALLOW_PRIVATE_NETWORKS; default no).")
    private boolean allowPrivateNetworks;

    @Option(
            names = "--allow-address",
            paramLabel = "CIDR",
            description =
                    "Fetch from this network although it is private, like 10.1.0.0/16; may be"
                            + " repeated (GLEANER_ALLOW_ADDRESSES, separated by commas).")
    private @Nullable List<String> allowAddresses;

    @Option(
            names = "--contact",
            paramLabel = "TEXT",
            description =
                    "URL or mail address in the User-Agent, for site owners (GLEANER_CONTACT;"
                            + " default none).")
    private @Nullable String contact;

    @Option(
            names = "--host-slots",
            paramLabel = "N",
            converter = WholeNumber.HostSlots.class,
            description = "Requests in flight to one host (GLEANER_HOST_SLOTS; default 8).")
    private @Nullable Integer hostSlots;

    @Option(
            names = "--crawl-delay-min",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Kept between two requests to a host even if robots.txt asks for less, like"
                            + " 250ms (GLEANER_CRAWL_DELAY_MIN; default 0s).")
    private @Nullable Duration crawlDelayMin;

    @Option(
            names = "--crawl-delay-max",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Longest crawl delay obeyed; a host that asks for more is refused"
                            + " (GLEANER_CRAWL_DELAY_MAX; default 1m).")
    private @Nullable Duration crawlDelayMax;

    @Option(
            names = "--retry-after-max",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Longest Retry-After obeyed; of a longer one, so much"
                            + " (GLEANER_RETRY_AFTER_MAX; default 1h).")
    private @Nullable Duration retryAfterMax;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = WholeNumber.Concurrency.class,
            description = "Fetches in flight over all hosts (GLEANER_CONCURRENCY; default 256).")
    private @Nullable Integer concurrency;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            converter = WholeNumber.Attempts.class,
            description =
                    "Tries of one URL before it is a fault (GLEANER_ATTEMPTS_MAX; default 3).")
    private @Nullable Integer attempts;

    @Option(
            names = "--refusals",
            paramLabel = "N",
            converter = WholeNumber.Attempts.class,
            description =
                    "Answers 429 or 503 to one URL, while its host answers others, before it is a"
                            + " fault (GLEANER_REFUSALS_MAX; default 5).")
    private @Nullable Integer refusals;

    @Option(
            names = "--robots-ttl",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long a robots.txt is believed (GLEANER_ROBOTS_TTL; default 24h).")
    private @Nullable Duration robotsTtl;

    /** Flags over environment over defaults. */
    public Settings settings(Map<String, String> environment) {
        return database.settings(environment, this::apply);
    }

    private void apply(Settings.Draft draft) {
        given(redisUrl, value -> draft.redis = RedisConfig.of(value));
        draft.allowPrivateNetworks |= allowPrivateNetworks;
        given(allowAddresses, value -> draft.allowCidrs = value);
        given(contact, value -> draft.contact = value);
        given(hostSlots, value -> draft.hostSlots = value);
        given(crawlDelayMin, value -> draft.crawlDelayMin = value);
        given(crawlDelayMax, value -> draft.crawlDelayMax = value);
        given(retryAfterMax, value -> draft.retryAfterMax = value);
        given(concurrency, value -> draft.concurrency = value);
        given(attempts, value -> draft.attemptsMax = value);
        given(refusals, value -> draft.refusalsMax = value);
        given(robotsTtl, value -> draft.robotsTtl = value);
    }

    private static <T> void given(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
