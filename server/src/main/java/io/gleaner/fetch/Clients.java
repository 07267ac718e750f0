package io.gleaner.fetch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Clients that differ in their pool of connections only, each for its share of the hosts. OkHttp
 * looks for a free connection among all of a pool, one by one and each under its lock, which with
 * thousands in flight takes longer than everything else.
 */
final class Clients implements AutoCloseable {

    private static final int SHARES = 32;
    private static final int IDLE_SECONDS_MAX = 30;

    private final List<OkHttpClient> clients;

    /**
     * @param idleConnectionsMax kept open by all of them together
     */
    Clients(OkHttpClient common, int idleConnectionsMax) {
        this(common, idleConnectionsMax, SHARES);
    }

    private Clients(OkHttpClient common, int idleConnectionsMax, int shares) {
        int each = Math.ceilDiv(idleConnectionsMax, shares);
        this.clients =
                IntStream.range(0, shares)
                        .mapToObj(
                                share ->
                                        common.newBuilder()
                                                .connectionPool(
                                                        new ConnectionPool(
                                                                each,
                                                                IDLE_SECONDS_MAX,
                                                                TimeUnit.SECONDS))
                                                .build())
                        .toList();
    }

    /** One client for all hosts. */
    static Clients few(OkHttpClient common, int idleConnectionsMax) {
        return new Clients(common, idleConnectionsMax, 1);
    }

    /** The client for the host of this URL. */
    OkHttpClient of(HttpUrl url) {
        return clients.get(Math.floorMod(url.host().hashCode(), clients.size()));
    }

    /** Closes idle connections. Calls under way end on their own. */
    @Override
    public void close() {
        clients.forEach(client -> client.connectionPool().evictAll());
    }
}
