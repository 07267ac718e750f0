package io.gleaner.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Redis can be used, and if not, why.
 *
 * @param where without user and password
 * @param version of the server
 * @param roundTrip median time of a PING
 * @param memory used and allowed, in words
 * @param policy what the server does when its memory is full
 */
public record RedisCheck(
        String where, String version, Duration roundTrip, String memory, String policy) {

    private static final int PINGS = 11;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * @throws RedisUnusable naming the cause and the cure
     */
    public static RedisCheck of(RedisConfig config) {
        var patient = new RedisConfig(config.url(), PATIENCE, config.commandsMax());
        try (var link = new RedisLink(patient, new SimpleMeterRegistry());
                StatefulConnection<String, byte[]> connection = link.connect()) {
            if (link.isSingle() && RedisLink.isClusterNode(connection, PATIENCE)) {
                throw new RedisUnusable("%s: %s".formatted(config, RedisLink.CLUSTER_NODE), null);
            }
            RedisClusterAsyncCommands<String, byte[]> commands = RedisLink.commands(connection);
            Duration roundTrip = roundTrip(commands);
            String info = answer(commands.info());
            return new RedisCheck(
                    link.toString(),
                    field(info, "redis_version"),
                    roundTrip,
                    "%s of %s"
                            .formatted(
                                    field(info, "used_memory_human"),
                                    field(info, "maxmemory").equals("0")
                                            ? "no limit"
                                            : field(info, "maxmemory_human")),
                    field(info, "maxmemory_policy"));
        } catch (RedisException | ExecutionException | TimeoutException e) {
            throw new RedisUnusable(explained(config, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisUnusable("interrupted", e);
        }
    }

    /** Redis cannot be used; the message says why and what to do. */
    public static final class RedisUnusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        RedisUnusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static Duration roundTrip(RedisClusterAsyncCommands<String, byte[]> commands)
            throws InterruptedException, ExecutionException, TimeoutException {
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long began = System.nanoTime();
            answer(commands.ping());
            nanos[i] = System.nanoTime() - began;
        }
        java.util.Arrays.sort(nanos);
        return Duration.ofNanos(nanos[PINGS / 2]);
    }

    private static <T> T answer(java.util.concurrent.Future<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static String field(String info, String name) {
        Matcher found = Pattern.compile("(?m)^" + name + ":(.*?)\r?$").matcher(info);
        return found.find() ? found.group(1) : "unknown";
    }

    private static String explained(RedisConfig config, Throwable failure) {
        String where = config.toString();
        StringBuilder all = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "%s: the host is not known; check its name in the URL".formatted(where);
            }
            all.append(cause.getMessage()).append(' ');
        }
        String text = all.toString();
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.contains("NOAUTH")) {
            return "%s: it asks for a password; put it into the URL, redis://:PASSWORD@host"
                    .formatted(where);
        }
        if (upper.contains("WRONGPASS") || upper.contains("INVALID PASSWORD")) {
            return "%s: user or password is wrong; correct it in the URL".formatted(where);
        }
        if (upper.contains("NOPERM")) {
            return "%s: the user may not do this; grant it the commands of a cache: %s"
                    .formatted(where, text.strip());
        }
        if (upper.contains("CLUSTER SUPPORT DISABLED")) {
            return "%s: it is no cluster; use redis:// for a single server".formatted(where);
        }
        if (upper.contains("CONNECTION REFUSED")) {
            return "%s: nothing listens there; start Redis, or correct host and port"
                    .formatted(where);
        }
        if (upper.contains("SSL") || upper.contains("TLS") || upper.contains("NOT AN SSL")) {
            return "%s: TLS fails; use redis:// if the server has no TLS, rediss:// if it has, and a"
                            .formatted(where)
                    + " certificate that this machine trusts";
        }
        if (failure instanceof TimeoutException || upper.contains("TIMED OUT")) {
            return "%s: no answer within %s; a firewall, a frozen server, or TLS on one side only"
                    .formatted(where, PATIENCE);
        }
        if (failure instanceof RedisConnectionException
                || failure instanceof RedisCommandExecutionException
                || failure instanceof RedisException) {
            return "%s: %s".formatted(where, text.strip());
        }
        return "%s: %s".formatted(where, failure);
    }
}
