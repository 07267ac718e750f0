package io.gleaner.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gleaner.fetch.way.AnyCertificate;
import io.gleaner.fetch.way.Way;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.internal.concurrent.TaskRunner;

/**
 * Gets URLs over HTTP/1.1 and HTTP/2, within limits. One for the whole process; any number of
 * virtual threads may call it at once.
 */
public final class Fetcher implements AutoCloseable {

    /**
     * Jobs may ask for other ways than the straight one, each of which has connections of its own.
     */
    private static final int OTHERS_MAX = 200;

    private static final int OTHERS_IDLE_CONNECTIONS_MAX = 32;
    private static final Duration OTHERS_IDLE = Duration.ofMinutes(5);

    private final FetchConfig config;
    private final AddressGuard guard;
    private final GuardedDns dns;
    private final Clients clients;
    private final Cache<Way, Clients> others =
            Caffeine.newBuilder()
                    .maximumSize(OTHERS_MAX)
                    .expireAfterAccess(OTHERS_IDLE)
                    .executor(Runnable::run)
                    .<Way, Clients>removalListener(
                            (_, gone, _) -> {
                                if (gone != null) {
                                    gone.close();
                                }
                            })
                    .build();

    /**
     * @param registry where the times of its phases go
     */
    public Fetcher(FetchConfig config, AddressGuard guard, MeterRegistry registry) {
        this(config, guard, client -> client.eventListenerFactory(new PhaseTimes(registry)));
    }

    /** One that measures nothing. */
    public Fetcher(FetchConfig config, AddressGuard guard) {
        this(config, guard, UnaryOperator.identity());
    }

    /** For tests that bring their own certificates. */
    Fetcher(FetchConfig config, AddressGuard guard, UnaryOperator<OkHttpClient.Builder> last) {
        this.config = config;
        this.guard = guard;
        this.dns = new GuardedDns(guard, config.connectTimeout());
        this.clients =
                new Clients(
                        last.apply(client(config, guard, dns, Way.STRAIGHT)).build(),
                        config.idleConnectionsMax());
    }

    /** Most memory that one body takes while it is put together. */
    public static long heldMaxBytes(FetchConfig config) {
        return BodyReader.heldMaxBytes(config.bodyMaxBytes());
    }

    /**
     * Gets one URL. Follows redirects itself and asks the gate before each of them.
     *
     * @throws InterruptedException when the thread is interrupted; the request is cancelled
     */
    public FetchOutcome fetch(FetchRequest request, HopGate gate) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the fetch");
        }
        return new Trail(clients(Way.next()), config, guard, request, gate).follow();
    }

    private Clients clients(Way way) {
        return way.equals(Way.STRAIGHT)
                ? clients
                : others.get(
                        way,
                        other ->
                                Clients.few(
                                        client(config, guard, dns, other).build(),
                                        OTHERS_IDLE_CONNECTIONS_MAX));
    }

    /** Closes idle connections. Fetches under way end on their own. */
    @Override
    public void close() {
        clients.close();
        others.invalidateAll();
        dns.close();
    }

    static OkHttpClient.Builder client(
            FetchConfig config, AddressGuard guard, GuardedDns dns, Way way) {
        var sockets = new GuardedSockets(guard, dns, way.proxy());
        var client = new OkHttpClient.Builder();
        if (way.anyCertificate()) {
            var any = new AnyCertificate();
            client.sslSocketFactory(any.sockets(), any).hostnameVerifier((_, _) -> true);
        }
        new QuietConnections(sockets).addTo(client);
        return client.proxy(Proxy.NO_PROXY)
                .dns(dns)
                .socketFactory(sockets)
                .protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1))
                .connectTimeout(config.connectTimeout())
                .readTimeout(config.firstByteTimeout())
                .writeTimeout(config.firstByteTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                // Repeats a GET only when a kept connection turned out to be closed, or to try the
                // next address of the host.
                .retryOnConnectionFailure(true)
                .addNetworkInterceptor(Fetcher::repeatNothing)
                // Racing addresses would take a platform thread for every connect.
                .fastFallback(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                // HTTP/2 has a reading thread per connection, a platform thread by default. The
                // method is internal to OkHttp; should it go, this line stops compiling.
                .taskRunner$okhttp(
                        new TaskRunner(
                                new TaskRunner.RealBackend(
                                        Thread.ofVirtual().name("okhttp-", 0).factory()),
                                Logger.getLogger(TaskRunner.class.getName())));
    }

    /**
     * OkHttp repeats a request at once after 408, and after 503 with "Retry-After: 0". That second
     * request would be past politeness, so OkHttp is told to wait, which it never does.
     */
    private static okhttp3.Response repeatNothing(Interceptor.Chain chain) throws IOException {
        okhttp3.Response answer = chain.proceed(chain.request());
        return answer.code() == 408 || answer.code() == 503
                ? answer.newBuilder().header("Retry-After", "1").build()
                : answer;
    }
}
