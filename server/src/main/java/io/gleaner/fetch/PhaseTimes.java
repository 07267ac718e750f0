package io.gleaner.fetch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of fetches goes: {@code gleaner.fetch.phase} by lookup, connect, TLS, first byte
 * (from the request's start to the end of the answer's head) and body. A kept connection has no
 * lookup and no connect; a phase that failed counts as long as it lasted.
 */
final class PhaseTimes implements EventListener.Factory {

    private final Timer lookup;
    private final Timer connect;
    private final Timer tls;
    private final Timer firstByte;
    private final Timer body;

    PhaseTimes(MeterRegistry registry) {
        this.lookup = timer(registry, "lookup");
        this.connect = timer(registry, "connect");
        this.tls = timer(registry, "tls");
        this.firstByte = timer(registry, "first_byte");
        this.body = timer(registry, "body");
    }

    private static Timer timer(MeterRegistry registry, String phase) {
        return Timer.builder("gleaner.fetch.phase")
                .description("Time of the phases of a fetch")
                .tag("phase", phase)
                .register(registry);
    }

    @Override
    public EventListener create(Call call) {
        return new OfCall();
    }

    /** One call is in one phase at a time. */
    private final class OfCall extends EventListener {

        private long began;
        private @Nullable Timer phase;

        private void enter(Timer next) {
            leave();
            phase = next;
            began = System.nanoTime();
        }

        private void leave() {
            if (phase != null) {
                phase.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                phase = null;
            }
        }

        @Override
        public void dnsStart(Call call, String host) {
            enter(lookup);
        }

        @Override
        public void dnsEnd(Call call, String host, List<InetAddress> addresses) {
            leave();
        }

        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            enter(connect);
        }

        @Override
        public void secureConnectStart(Call call) {
            enter(tls);
        }

        @Override
        public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
            leave();
        }

        @Override
        public void connectEnd(
                Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
            leave();
        }

        @Override
        public void connectFailed(
                Call call,
                InetSocketAddress address,
                Proxy proxy,
                @Nullable Protocol protocol,
                IOException failure) {
            leave();
        }

        @Override
        public void requestHeadersStart(Call call) {
            enter(firstByte);
        }

        @Override
        public void responseHeadersEnd(Call call, Response response) {
            enter(body);
        }

        @Override
        public void callEnd(Call call) {
            leave();
        }

        @Override
        public void callFailed(Call call, IOException failure) {
            leave();
        }
    }
}
