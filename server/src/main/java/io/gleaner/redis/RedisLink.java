package io.gleaner.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.MicrometerCommandLatencyRecorder;
import io.lettuce.core.metrics.MicrometerOptions;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one Redis, of whichever kind. Each reconnects by itself once it was open.
 */
final class RedisLink implements AutoCloseable {

    /** Why a node of a cluster cannot be used as a single server. */
    static final String CLUSTER_NODE =
            "it is a node of a cluster; name it as redis-cluster://host:port,... (rediss-cluster://"
                    + " with TLS)";

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration RECONNECT_MIN = Duration.ofMillis(20);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(1);
    private static final Duration TOPOLOGY_EVERY = Duration.ofSeconds(10);
    private static final Set<CommandType> SCRIPTS = Set.of(CommandType.EVAL, CommandType.EVALSHA);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
    private static final int THREADS = 2;

    private final RedisUrl url;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    RedisLink(RedisConfig config, MeterRegistry metrics) {
        this.url = RedisUrl.parse(config.url());
        this.resources = resources(metrics);
        this.client = client(config);
    }

    private static ClientResources resources(MeterRegistry metrics) {
        return ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(
                        Delay.fullJitter(
                                RECONNECT_MIN,
                                RECONNECT_MAX,
                                RECONNECT_MIN.toMillis(),
                                TimeUnit.MILLISECONDS))
                .commandLatencyRecorder(
                        new MicrometerCommandLatencyRecorder(metrics, MicrometerOptions.create()))
                .build();
    }

    private AbstractRedisClient client(RedisConfig config) {
        if (url.kind() == RedisUrl.Kind.CLUSTER) {
            var cluster = RedisClusterClient.create(resources, url.nodes());
            var options = ClusterClientOptions.builder();
            apply(options, config);
            // Nodes are connected to at their first command, which would be refused: here it waits
            // for as long as any other. That none are sent while Redis is away sees to the rest.
            options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS);
            options.topologyRefreshOptions(
                    ClusterTopologyRefreshOptions.builder()
                            .enablePeriodicRefresh(TOPOLOGY_EVERY)
                            .build());
            cluster.setOptions(options.build());
            return cluster;
        }
        var single = RedisClient.create(resources, url.nodes().getFirst());
        var options = ClientOptions.builder();
        apply(options, config);
        single.setOptions(options.build());
        return single;
    }

    // A command that was under way when the connection broke may have taken effect: harmless for
    // reads and writes of one value, not for scripts that count.
    private static void apply(ClientOptions.Builder options, RedisConfig config) {
        options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(config.commandsMax())
                .timeoutOptions(TimeoutOptions.enabled(config.timeout()))
                .replayFilter(RedisLink::isScript)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT).keepAlive(true).build());
    }

    private static boolean isScript(RedisCommand<?, ?, ?> command) {
        return command.getType() instanceof CommandType type && SCRIPTS.contains(type);
    }

    /** Whether it was named as one server, and not as a cluster. */
    boolean isSingle() {
        return url.kind() != RedisUrl.Kind.CLUSTER;
    }

    /** Whether the server at the other end is a node of a cluster; no when it does not say. */
    static boolean isClusterNode(StatefulConnection<String, byte[]> connection, Duration patience)
            throws InterruptedException {
        try {
            String info =
                    commands(connection)
                            .info("cluster")
                            .get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return info.contains("cluster_enabled:1");
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Redis does not say whether it is a node of a cluster", e);
            return false;
        }
    }

    /** Opens the connection that all commands share. */
    StatefulConnection<String, byte[]> connect() {
        return switch (client) {
            case RedisClusterClient cluster -> cluster.connect(CODEC);
            case RedisClient single -> single.connect(CODEC);
            default -> throw new IllegalStateException("an unknown client");
        };
    }

    StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return switch (client) {
            case RedisClusterClient cluster -> cluster.connectPubSub(StringCodec.UTF8);
            case RedisClient single -> single.connectPubSub(StringCodec.UTF8);
            default -> throw new IllegalStateException("an unknown client");
        };
    }

    static RedisClusterAsyncCommands<String, byte[]> commands(
            StatefulConnection<String, byte[]> connection) {
        return switch (connection) {
            case StatefulRedisClusterConnection<String, byte[]> cluster -> cluster.async();
            case io.lettuce.core.api.StatefulRedisConnection<String, byte[]> single ->
                    single.async();
            default -> throw new IllegalStateException("an unknown connection");
        };
    }

    @Override
    public String toString() {
        return url.toString();
    }

    @Override
    public void close() {
        // Bounded by us: the client waits for ever for a connection that was just being made.
        try {
            var _ =
                    client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                            .get(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Redis' client does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
