package io.gleaner.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * DNS as OkHttp sees it: checked addresses only. OkHttp connects to exactly these objects and asks
 * again for every new connection, so an answer that changes between check and connect has no
 * effect.
 *
 * <p>The system's resolver blocks in native code, deaf to interrupts and for as long as it likes;
 * on a virtual thread it would also hold the carrier. So lookups run on a few threads of their own,
 * and the fetch waits no longer than it has time.
 */
final class GuardedDns implements Dns, AutoCloseable {

    private static final int THREADS = 32;
    private static final int WAITING_MAX = 20_000;

    private final AddressGuard guard;
    private final Duration timeout;
    private final ThreadPoolExecutor lookups;

    GuardedDns(AddressGuard guard, Duration timeout) {
        this.guard = guard;
        this.timeout = timeout;
        this.lookups =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().daemon().name("dns-", 0).factory());
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        Future<List<InetAddress>> lookup;
        try {
            lookup = lookups.submit(() -> guard.resolve(host));
        } catch (RejectedExecutionException e) {
            throw failed(host + ": too many lookups are waiting", e);
        }
        Duration left = HopClock.timeLeft();
        Duration patience = left.compareTo(timeout) < 0 ? left : timeout;
        try {
            return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ForbiddenAddressException forbidden) {
                throw forbidden;
            }
            throw failed(host, e.getCause());
        } catch (TimeoutException e) {
            throw failed(host + ": no answer from DNS in " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(host + ": interrupted", e);
        } finally {
            lookup.cancel(true);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private static UnknownHostException failed(String message, @Nullable Throwable cause) {
        var failure = new UnknownHostException(message);
        failure.initCause(cause);
        return failure;
    }
}
