package io.gleaner.perf.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Pages of thousands of paragraphs, the same under every path and on every loopback address. */
final class HostileSite implements AutoCloseable {

    private final HttpServer server;

    HostileSite(int paragraphs) throws IOException {
        byte[] page =
                ("<!DOCTYPE html><title>Wide</title><body>"
                                + "<p>a paragraph of some words</p>".repeat(paragraphs))
                        .getBytes(US_ASCII);
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    boolean isPage = !exchange.getRequestURI().getPath().equals("/robots.txt");
                    exchange.getResponseHeaders().add("Content-Type", "text/html");
                    exchange.sendResponseHeaders(isPage ? 200 : 404, isPage ? page.length : -1);
                    if (isPage) {
                        exchange.getResponseBody().write(page);
                    }
                    exchange.close();
                });
        server.start();
    }

    String url(int round, int host, int page) {
        return "http://127.2.%d.%d:%d/%d"
                .formatted(round, host + 1, server.getAddress().getPort(), page);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
