package io.gleaner.cli.operate;

import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.redis.RedisCheck;
import io.gleaner.redis.RedisConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gleaner redis ping}: whether Redis can be used, and if not, why. */
@Command(
        name = "ping",
        sortOptions = false,
        description = {
            "Say whether a Redis can be used, and if not, why.",
            "",
            "Standalone redis://[user:password@]host[:6379][/database], with TLS rediss://;"
                + " Sentinel redis-sentinel://[password@]host[:26379],host...[/database]#master;"
                + " Cluster redis-cluster://[user:password@]host[:6379],host..."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner redis ping --redis-url redis://127.0.0.1:6379",
            "  GLEANER_REDIS_URL=redis-cluster://redis-0,redis-1,redis-2 gleaner redis ping"
        })
public final class RedisPingCommand implements Callable<Integer> {

    private static final double NANOS_PER_MS = 1e6;

    @Option(
            names = "--redis-url",
            paramLabel = "URL",
            description = "Where it is (GLEANER_REDIS_URL).")
    private @Nullable String url;

    private final Streams streams;
    private final Map<String, String> environment;

    public RedisPingCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        RedisCheck check;
        try {
            check = RedisCheck.of(config());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (RedisCheck.RedisUnusable e) {
            throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
        }
        streams.out()
                .printf(
                        "%s answers: Redis %s, %.2f ms, memory %s, when full %s%n",
                        check.where(),
                        check.version(),
                        check.roundTrip().toNanos() / NANOS_PER_MS,
                        check.memory(),
                        check.policy());
        if (check.policy().equals("noeviction") && !check.memory().endsWith("no limit")) {
            streams.out()
                    .println(
                            "when its memory is full it takes no new values; for a cache"
                                    + " 'maxmemory-policy allkeys-lfu' is better");
        }
        return ExitCodes.OK;
    }

    private RedisConfig config() {
        RedisConfig config =
                url == null ? Settings.fromEnvironment(environment).redis() : RedisConfig.of(url);
        if (config == null) {
            throw new IllegalArgumentException(
                    "no Redis is named: give --redis-url or GLEANER_REDIS_URL");
        }
        return config;
    }
}
