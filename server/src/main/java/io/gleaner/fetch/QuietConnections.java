package io.gleaner.fetch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.http.RealInterceptorChain;
import okhttp3.internal.http1.Http1ExchangeCodec;

/**
 * Gives no request to a kept HTTP/1.1 connection on which bytes wait that no request has asked for:
 * they would be taken for its answer (RFC 9112, 9.2). OkHttp itself takes such a connection for a
 * healthy one. HTTP/2 says with every frame whose it is.
 */
final class QuietConnections {

    private static final int TALKATIVE_HOSTS_MAX = 4096;

    private final GuardedSockets sockets;

    /** Hosts that sent more than they said. Their connections serve once. */
    private final Set<String> talkative =
            Collections.synchronizedSet(
                    Collections.newSetFromMap(
                            new LinkedHashMap<>() {
                                private static final long serialVersionUID = 1;

                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<String, Boolean> eldest) {
                                    return size() > TALKATIVE_HOSTS_MAX;
                                }
                            }));

    QuietConnections(GuardedSockets sockets) {
        this.sockets = sockets;
    }

    void addTo(OkHttpClient.Builder client) {
        client.addInterceptor(QuietConnections::onAnother).addNetworkInterceptor(this::check);
    }

    /** Every round takes a kept connection away, and a fresh one is never refused. */
    private static Response onAnother(Interceptor.Chain chain) throws IOException {
        while (true) {
            try {
                return chain.proceed(chain.request());
            } catch (NotQuietException e) {
                // Nothing was sent.
            }
        }
    }

    private Response check(Interceptor.Chain chain) throws IOException {
        var connection = (RealConnection) requireNonNull(chain.connection());
        var carried = requireNonNull(chain.request().tag(Carried.class));
        carried.by(null);
        if (connection.protocol() == Protocol.HTTP_2) {
            return chain.proceed(chain.request());
        }
        String host = chain.request().url().host() + ":" + chain.request().url().port();
        var carrier = carrier(chain, connection, () -> talkative.add(host));
        if (carrier.isKept() && (talkative.contains(host) || !carrier.isQuiet())) {
            connection.noNewExchanges();
            throw new NotQuietException();
        }
        carried.by(carrier);
        Response answer = chain.proceed(chain.request());
        if (Framing.contradictsItself(answer.headers())) {
            connection.noNewExchanges();
            answer.close();
            throw new ProtocolException("more than one Content-Length");
        }
        if (talkative.contains(host) || !Framing.keepsConnection(answer)) {
            connection.noNewExchanges();
        }
        carrier.answered(carried.isReadWhole(answer.code()));
        return answer;
    }

    // OkHttp shows its buffer to nobody but its codec, and makes one without side effects. Both are
    // internal to it; should they go, these lines stop compiling.
    private Carrier carrier(Interceptor.Chain chain, RealConnection connection, Runnable talks)
            throws IOException {
        var inside = (RealInterceptorChain) chain;
        var client = inside.getCall$okhttp().getClient();
        var codec = (Http1ExchangeCodec) connection.newCodec$okhttp(client, inside);
        return new Carrier(
                connection,
                codec.getSocket().getSource(),
                sockets.below(connection.socket()),
                talks);
    }

    /** The connection at hand was not fit for the request, and is not offered again. */
    private static final class NotQuietException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
