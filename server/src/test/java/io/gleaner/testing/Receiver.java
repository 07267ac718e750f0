package io.gleaner.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver of webhooks: an HTTP server that remembers what it was sent. */
public final class Receiver implements AutoCloseable {

    /** One message as it came. */
    public record Received(
            String id,
            String timestamp,
            String signature,
            String firecrawl,
            byte[] body,
            String own) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String type() {
            return json().path("type").asString();
        }
    }

    private final HttpServer server;
    private final List<Received> messages = new CopyOnWriteArrayList<>();

    /**
     * @param status what a message is answered with; below zero for nothing at all
     */
    public Receiver(Function<Received, Integer> status) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> receive(exchange, status));
        server.start();
    }

    private void receive(HttpExchange exchange, Function<Received, Integer> status)
            throws IOException {
        var headers = exchange.getRequestHeaders();
        var message =
                new Received(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        headers.getFirst("X-Firecrawl-Signature"),
                        exchange.getRequestBody().readAllBytes(),
                        headers.getFirst("X-Own"));
        messages.add(message);
        int answer = status.apply(message);
        if (answer < 0) {
            return; // Never answered.
        }
        if (answer == 429) {
            exchange.getResponseHeaders().add("Retry-After", "3600");
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
    }

    /** In the order in which they came. */
    public List<Received> messages() {
        return messages;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
