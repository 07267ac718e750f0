package io.gleaner.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cache.Bus;
import io.gleaner.loop.Loop;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages over Redis' publish and subscribe. Every subscription that begins, the first and each
 * one after a broken connection, is a gap. A connection over which our own messages do not come
 * back is given up for a new one.
 */
public final class RedisBus implements Bus {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBus.class);
    private static final String PREFIX = "gleaner:bus:";
    private static final String ECHO = PREFIX + "echo:";
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    private final Redis redis;
    private final String echo = ECHO + java.util.UUID.randomUUID();
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final List<Loop> loops = new ArrayList<>();
    private final Counter subscriptions;
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;
    private volatile long heardAt = System.nanoTime();

    private RedisBus(Redis redis, MeterRegistry metrics) {
        this.redis = redis;
        this.subscriptions =
                Counter.builder("gleaner.redis.subscriptions")
                        .description("Times that the channels were subscribed to")
                        .register(metrics);
    }

    public static RedisBus start(Redis redis, MeterRegistry metrics) {
        var bus = new RedisBus(redis, metrics);
        bus.loops.add(Loop.every(LOOK, "redis-bus", metrics, bus::look));
        return bus;
    }

    @Override
    public void listen(String channel, Listener listener) {
        if (listeners.putIfAbsent(PREFIX + channel, listener) != null) {
            throw new IllegalArgumentException("two listen to " + channel);
        }
        StatefulRedisPubSubConnection<String, String> open = connection;
        if (open != null) {
            var _ = open.async().subscribe(PREFIX + channel);
        }
    }

    @Override
    public void send(String channel, String text) {
        redis.tell(commands -> commands.publish(PREFIX + channel, text.getBytes(UTF_8)));
    }

    private void look() {
        StatefulRedisPubSubConnection<String, String> open = connection;
        try {
            if (open == null) {
                connect();
            } else if (redis.isUp() && System.nanoTime() - heardAt > SILENCE_MAX.toNanos()) {
                LOG.info("the subscription to Redis is silent: another is made");
                connection = null;
                var _ = open.closeAsync();
                connect();
            }
            redis.tell(commands -> commands.publish(echo, new byte[0]));
        } catch (RedisException e) {
            LOG.debug("no subscription to Redis", e);
        }
    }

    private void connect() {
        StatefulRedisPubSubConnection<String, String> open = redis.link().connectPubSub();
        open.addListener(new Hearing());
        heardAt = System.nanoTime();
        connection = open;
        var _ = open.async().subscribe(echo);
        if (!listeners.isEmpty()) {
            var _ = open.async().subscribe(listeners.keySet().toArray(String[]::new));
        }
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
        StatefulRedisPubSubConnection<String, String> open = connection;
        if (open != null) {
            var _ = open.closeAsync();
        }
    }

    /** Runs in a thread of the client: listeners must be quick. */
    private final class Hearing extends RedisPubSubAdapter<String, String> {

        @Override
        public void message(String channel, String text) {
            heardAt = System.nanoTime();
            Listener listener = listeners.get(channel);
            if (listener != null) {
                try {
                    listener.message(text);
                } catch (RuntimeException e) {
                    LOG.warn("a message of another process is not understood: {}", text, e);
                }
            }
        }

        @Override
        public void subscribed(String channel, long count) {
            Listener listener = listeners.get(channel);
            if (listener != null) {
                subscriptions.increment();
                listener.gap();
            }
        }
    }
}
