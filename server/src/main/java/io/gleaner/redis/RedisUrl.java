package io.gleaner.redis;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where Redis is.
 *
 * @param kind how it is run
 * @param nodes one for {@link Kind#STANDALONE} and for {@link Kind#SENTINEL} (which names all
 *     sentinels), the known ones for {@link Kind#CLUSTER}
 */
record RedisUrl(Kind kind, List<RedisURI> nodes) {

    static final String ACCEPTED =
            "redis://[user:password@]host[:6379][/database], rediss:// for TLS,"
                    + " redis-sentinel://[password@]host[:26379],...[/database]#master or"
                    + " redis-cluster://[user:password@]host[:6379],host... (rediss-cluster:// for"
                    + " TLS)";

    private static final String CLUSTER = "redis-cluster://";
    private static final String CLUSTER_TLS = "rediss-cluster://";

    enum Kind {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /**
     * @throws IllegalArgumentException saying what is accepted; the URL, which may hold a password,
     *     is not in it
     */
    static RedisUrl parse(String url) {
        try {
            if (url.startsWith(CLUSTER)) {
                return cluster("redis://", url.substring(CLUSTER.length()));
            }
            if (url.startsWith(CLUSTER_TLS)) {
                return cluster("rediss://", url.substring(CLUSTER_TLS.length()));
            }
            RedisURI uri = RedisURI.create(url);
            Kind kind = uri.getSentinels().isEmpty() ? Kind.STANDALONE : Kind.SENTINEL;
            if (kind == Kind.SENTINEL && uri.getSentinelMasterId() == null) {
                throw new IllegalArgumentException("no master is named");
            }
            return new RedisUrl(kind, List.of(uri));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "the Redis URL is not usable: accepted is " + ACCEPTED, e);
        }
    }

    private static RedisUrl cluster(String scheme, String rest) {
        int at = rest.lastIndexOf('@');
        String login = rest.substring(0, at + 1);
        List<String> hosts = Arrays.asList(rest.substring(at + 1).split(",", -1));
        List<RedisURI> nodes = new ArrayList<>();
        for (String host : hosts) {
            if (host.isBlank()) {
                throw new IllegalArgumentException("a host is empty");
            }
            nodes.add(RedisURI.create(scheme + login + host.strip()));
        }
        return new RedisUrl(Kind.CLUSTER, List.copyOf(nodes));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT)
                + " "
                + nodes.stream().map(RedisUrl::shown).toList();
    }

    private static String shown(RedisURI uri) {
        return uri.getSentinels().isEmpty()
                ? uri.getHost() + ":" + uri.getPort()
                : uri.getSentinels().stream().map(RedisUrl::shown).toList()
                        + "#"
                        + uri.getSentinelMasterId();
    }
}
