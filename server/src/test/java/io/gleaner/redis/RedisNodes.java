package io.gleaner.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real Redis Cluster: three masters, each with a replica, all processes of this machine. */
public final class RedisNodes implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisNode> masters = new ArrayList<>();
    private final List<RedisNode> replicas = new ArrayList<>();

    private RedisNodes() {
        for (int i = 0; i < MASTERS; i++) {
            masters.add(node());
            replicas.add(node());
        }
    }

    private static RedisNode node() {
        return RedisNode.start(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                "1000",
                "--cluster-replica-validity-factor",
                "0");
    }

    public static RedisNodes start() {
        var nodes = new RedisNodes();
        nodes.form();
        return nodes;
    }

    private void form() {
        RedisNode first = masters.getFirst();
        for (RedisNode node : all()) {
            if (node != first) {
                node.ask(redis -> redis.clusterMeet("127.0.0.1", first.port()));
            }
        }
        for (int i = 0; i < MASTERS; i++) {
            int[] slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS).toArray();
            masters.get(i).ask(redis -> redis.clusterAddSlots(slots));
        }
        await().until(
                        () ->
                                all().stream()
                                        .allMatch(
                                                node ->
                                                        node.ask(RedisCommands::clusterNodes)
                                                                        .lines()
                                                                        .count()
                                                                == 2L * MASTERS));
        for (int i = 0; i < MASTERS; i++) {
            String id = masters.get(i).ask(RedisCommands::clusterMyId);
            replicas.get(i).ask(redis -> redis.clusterReplicate(id));
        }
        awaitOk();
        await().until(
                        () ->
                                replicas.stream()
                                        .allMatch(
                                                node ->
                                                        node.ask(RedisCommands::info)
                                                                .contains(
                                                                        "master_link_status:up")));
    }

    private List<RedisNode> all() {
        List<RedisNode> all = new ArrayList<>(masters);
        all.addAll(replicas);
        return all;
    }

    /** Until every living node says that all slots are served. */
    public void awaitOk() {
        await().ignoreExceptions()
                .until(
                        () ->
                                replicas.stream()
                                        .allMatch(
                                                node ->
                                                        node.ask(RedisCommands::clusterInfo)
                                                                .contains("cluster_state:ok")));
    }

    public String url() {
        return "redis-cluster://"
                + all().stream()
                        .map(node -> "127.0.0.1:" + node.port())
                        .collect(Collectors.joining(","));
    }

    /** Kills the first master; its replica takes over after a second or two. */
    public void killAMaster() {
        masters.getFirst().kill();
    }

    @Override
    public void close() {
        all().forEach(RedisNode::close);
    }
}
