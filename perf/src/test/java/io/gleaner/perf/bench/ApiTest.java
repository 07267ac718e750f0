package io.gleaner.perf.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that asks for a key, as the service does once it has one. */
class ApiTest {

    private static final String KEY = "gk_right";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", ApiTest::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void metricsAreAskedForWithTheKey() throws IOException {
        assertThat(api(KEY).metrics())
                .isEqualTo(Map.of("gleaner_backlog", 3.0, "up{role=\"api\"}", 1.0));
    }

    @Test
    void aRefusedKeyIsSaidToBeOne() {
        assertThatThrownBy(() -> api("gk_wrong").metrics())
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("the key is not known");
        assertThatThrownBy(() -> new Api(target()).metrics())
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("401");
    }

    private Api api(String key) {
        return new Api(target(), key);
    }

    private Target target() {
        return new Target("127.0.0.1", server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        boolean right =
                ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body =
                (right
                                ? "# TYPE up gauge\ngleaner_backlog 3.0\nup{role=\"api\"} 1.0\n"
                                : "{\"detail\": \"the key is not known\"}")
                        .getBytes(UTF_8);
        exchange.sendResponseHeaders(right ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
