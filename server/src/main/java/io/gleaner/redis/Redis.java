package io.gleaner.redis;

import io.gleaner.budget.BudgetMetrics;
import io.gleaner.loop.Loop;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection over which all commands of this process go, and whether it is any good now.
 *
 * <p>A look every {@link #LOOK} asks for a PING. When that, or a few commands in a row, take longer
 * than their timeout or get no answer, Redis counts as away: nobody asks it, nobody waits for it,
 * until two looks in a row were answered in time. Also after one command that was not answered in
 * time nobody asks until the next look. So of a Redis that is gone, frozen or slow a request feels
 * one timeout at most.
 *
 * <p>A node of a cluster that is given as a single server answers PING and refuses most keys: it is
 * not used, and the log says how to name it.
 */
public final class Redis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int FAILURES_MAX = 3;
    private static final int GOOD_LOOKS = 2;

    private final RedisConfig config;
    private final RedisLink link;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter errors;
    private final Counter skipped;
    private final Counter returns;
    private volatile @Nullable StatefulConnection<String, byte[]> connection;
    private volatile boolean up;
    private volatile boolean clusterNode;
    private volatile long doubtedUntil = System.nanoTime();
    private int goodLooks;

    private Redis(RedisConfig config, MeterRegistry metrics) {
        this.config = config;
        this.link = new RedisLink(config, metrics);
        this.errors =
                Counter.builder("gleaner.redis.errors")
                        .description("Commands that failed")
                        .register(metrics);
        this.skipped =
                Counter.builder("gleaner.redis.skipped")
                        .description("Commands not sent, because Redis is away or slow")
                        .register(metrics);
        this.returns =
                Counter.builder("gleaner.redis.returns")
                        .description("Times that Redis came back")
                        .register(metrics);
        Gauge.builder("gleaner.redis.up", () -> up ? 1 : 0)
                .description("1 while Redis is used")
                .register(metrics);
        Gauge.builder("gleaner.redis.commands.waiting", waiting::get)
                .description("Commands without an answer yet")
                .register(metrics);
        BudgetMetrics.items("redis-commands", config.commandsMax(), waiting::get, metrics);
    }

    /** Begins to connect. Whether Redis is there now does not matter. */
    public static Redis start(RedisConfig config, MeterRegistry metrics) {
        var redis = new Redis(config, metrics);
        if (!redis.look()) {
            LOG.warn(
                    "Redis ({}) does not answer: all goes on without it until it does", redis.link);
        }
        redis.loops.add(Loop.every(LOOK, "redis-look", metrics, redis::lookForReturn));
        return redis;
    }

    /** Whether commands are sent now. */
    public boolean isUp() {
        return up;
    }

    RedisLink link() {
        return link;
    }

    /**
     * What came of a command.
     *
     * @param answered false when there was no answer in time, or a refusal
     * @param value null also for an answer that is "nothing"
     */
    record Reply<T>(boolean answered, @Nullable T value) {

        static <T> Reply<T> none() {
            return new Reply<>(false, null);
        }

        Optional<T> asOptional() {
            return Optional.ofNullable(value);
        }
    }

    /** Sends one command and waits for its answer. */
    <T> Reply<T> ask(Function<RedisClusterAsyncCommands<String, byte[]>, Future<T>> command) {
        return askAll(List.of(command)).getFirst();
    }

    /**
     * Sends commands one after the other without waiting in between, then waits for all answers:
     * the time of one.
     */
    <T> List<Reply<T>> askAll(
            List<? extends Function<RedisClusterAsyncCommands<String, byte[]>, Future<T>>>
                    commands) {
        StatefulConnection<String, byte[]> open = connection;
        if (!isAsked() || open == null) {
            skipped.increment(commands.size());
            return commands.stream().map(command -> Reply.<T>none()).toList();
        }
        waiting.addAndGet(commands.size());
        try {
            long end = System.nanoTime() + config.timeout().toNanos();
            List<@Nullable Future<T>> sent = new ArrayList<>();
            for (var command : commands) {
                sent.add(send(open, command));
            }
            List<Reply<T>> answers = new ArrayList<>();
            for (Future<T> future : sent) {
                answers.add(future == null ? Reply.none() : answer(future, end));
            }
            return answers;
        } finally {
            waiting.addAndGet(-commands.size());
        }
    }

    /** Sends a command whose answer nobody waits for. */
    void tell(Function<RedisClusterAsyncCommands<String, byte[]>, Future<?>> command) {
        StatefulConnection<String, byte[]> open = connection;
        if (!isAsked() || open == null) {
            skipped.increment();
            return;
        }
        Future<?> sent = send(open, commands -> command.apply(commands));
        if (sent instanceof CompletionStage<?> stage) {
            var _ =
                    stage.exceptionally(
                            e -> {
                                errors.increment();
                                LOG.debug("a command of Redis failed", e);
                                heedMoved(e);
                                return null;
                            });
        }
    }

    private <T> @Nullable Future<T> send(
            StatefulConnection<String, byte[]> open,
            Function<RedisClusterAsyncCommands<String, byte[]>, ? extends Future<T>> command) {
        try {
            return command.apply(RedisLink.commands(open));
        } catch (RedisException e) {
            failed(e);
            return null;
        }
    }

    private boolean isAsked() {
        return up && System.nanoTime() - doubtedUntil >= 0;
    }

    private <T> Reply<T> answer(Future<T> future, long end) {
        try {
            T value = future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            failures.set(0);
            return new Reply<>(true, value);
        } catch (TimeoutException e) {
            future.cancel(false);
            doubtedUntil = System.nanoTime() + LOOK.toNanos();
            failed(e);
        } catch (ExecutionException e) {
            failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
        }
        return Reply.none();
    }

    private void failed(Throwable cause) {
        errors.increment();
        LOG.debug("a command of Redis failed", cause);
        heedMoved(cause);
        // A refusal is an answer: a Redis that is full still gives what it has.
        if (!(cause instanceof RedisCommandExecutionException)
                && failures.incrementAndGet() >= FAILURES_MAX) {
            down(reason(cause));
        }
    }

    /** Only a node of a cluster says so, and a client for clusters never lets it through. */
    private void heedMoved(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.startsWith("MOVED ") || text.startsWith("CROSSSLOT ")) {
            foundClusterNode();
        }
    }

    private void foundClusterNode() {
        if (!clusterNode && link.isSingle()) {
            clusterNode = true;
            up = false;
            LOG.error("Redis ({}) is not used: {}", link, RedisLink.CLUSTER_NODE);
        }
    }

    private void down(String why) {
        if (up) {
            up = false;
            LOG.warn("Redis ({}) is not used until it answers again: {}", link, why);
        }
    }

    /** A cause that says nothing is known by its name. */
    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private void lookForReturn() {
        goodLooks = look() ? goodLooks + 1 : 0;
        if (goodLooks >= GOOD_LOOKS && !up && !clusterNode) {
            failures.set(0);
            up = true;
            returns.increment();
            LOG.info("Redis ({}) answers", link);
        }
    }

    private boolean look() {
        StatefulConnection<String, byte[]> open = connection;
        try {
            if (open == null) {
                open = link.connect();
                connection = open;
                if (link.isSingle() && RedisLink.isClusterNode(open, config.timeout())) {
                    foundClusterNode();
                }
                up = !clusterNode;
            }
            RedisLink.commands(open).ping().get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RedisException | ExecutionException | TimeoutException e) {
            down(reason(e));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        loops.forEach(Loop::stop);
        up = false;
        link.close();
    }
}
