package io.gleaner.fetch;

import io.gleaner.job.FaultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Response;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Knows in which phase one call is, and ends the phases for which OkHttp has no limit: its read
 * timeout starts anew with every byte, so a host that drips its headers never meets it.
 */
final class HopClock extends EventListener {

    /** What a call is doing; decides what a broken connection means. */
    enum Phase {
        LOOKUP,
        CONNECT,
        TLS,
        REQUEST,
        BODY
    }

    /** When the call that the current thread executes must be over, in {@link System#nanoTime}. */
    private static final ScopedValue<Long> DEADLINE = ScopedValue.newInstance();

    private final FetchConfig config;
    private final long startNanos = System.nanoTime();
    private volatile Phase phase = Phase.CONNECT;
    private volatile @Nullable FaultCode expired;
    private volatile long firstByteNanos;
    private volatile @Nullable String retryAfter;
    private @Nullable AsyncTimeout alarm;

    HopClock(FetchConfig config) {
        this.config = config;
    }

    /** What the call that the current thread executes has left; an hour outside of a call. */
    static Duration timeLeft() {
        if (!DEADLINE.isBound()) {
            return Duration.ofHours(1);
        }
        long nanos = DEADLINE.get() - System.nanoTime();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    /** Executes the call, which must have been given this clock as a listener. */
    Response execute(Call call, Duration timeout) throws IOException {
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return ScopedValue.where(DEADLINE, startNanos + timeout.toNanos()).call(call::execute);
    }

    Phase phase() {
        return phase;
    }

    /** The limit that ended the call, when it was one of ours. */
    @Nullable FaultCode expired() {
        return expired;
    }

    Duration firstByte() {
        return Duration.ofNanos(firstByteNanos - startNanos);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** As the host sent it, before OkHttp may act on it. */
    @Nullable String retryAfter() {
        return retryAfter;
    }

    @Override
    public void dnsStart(Call call, String host) {
        phase = Phase.LOOKUP;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        phase = Phase.CONNECT;
    }

    @Override
    public void secureConnectStart(Call call) {
        phase = Phase.TLS;
        arm(call, config.connectTimeout(), FaultCode.CONNECT_TIMEOUT);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
        disarm();
    }

    @Override
    public void connectFailed(
            Call call,
            InetSocketAddress address,
            Proxy proxy,
            okhttp3.@Nullable Protocol protocol,
            IOException failure) {
        disarm();
    }

    @Override
    public void requestHeadersStart(Call call) {
        phase = Phase.REQUEST;
        arm(call, config.firstByteTimeout(), FaultCode.FIRST_BYTE_TIMEOUT);
    }

    @Override
    public void requestFailed(Call call, IOException failure) {
        disarm();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        disarm();
        phase = Phase.BODY;
        firstByteNanos = System.nanoTime();
        retryAfter = response.header("Retry-After");
    }

    @Override
    public void responseFailed(Call call, IOException failure) {
        disarm();
    }

    /** To be called when the call is over, however it ended. */
    void disarm() {
        if (alarm != null) {
            alarm.exit();
            alarm = null;
        }
    }

    private void arm(Call call, Duration limit, FaultCode code) {
        disarm();
        var timeout =
                new AsyncTimeout() {
                    @Override
                    protected void timedOut() {
                        expired = code;
                        call.cancel();
                    }
                };
        timeout.timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        timeout.enter();
        alarm = timeout;
    }
}
