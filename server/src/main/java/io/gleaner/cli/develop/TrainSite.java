package io.gleaner.cli.develop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The site that {@code gleaner train} crawls: pages {@code /0}, {@code /1} and so on. */
final class TrainSite implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TrainSite(HttpServer server) {
        this.server = server;
    }

    /** On a free port of 127.0.0.1. */
    static TrainSite start(int pages) throws IOException {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        var site = new TrainSite(HttpServer.create(address, 0));
        site.server.setExecutor(site.threads);
        site.server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] body = body(exchange.getRequestURI().getPath(), pages);
                        exchange.getResponseHeaders().set("Content-Type", "text/html");
                        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        site.server.start();
        return site;
    }

    private static byte[] body(String path, int pages) {
        if (!path.matches("/[0-9]{1,6}")) {
            return new byte[0];
        }
        int number = Integer.parseInt(path.substring(1));
        return number < pages ? new TrainPage(number, pages).html().getBytes(UTF_8) : new byte[0];
    }

    /** Absolute, of the page with this number. */
    String url(int number) {
        return "http://127.0.0.1:%d/%d".formatted(server.getAddress().getPort(), number);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
