package io.gleaner.fetch.way;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.manners.ProxyServer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;

/**
 * Makes a connection to a proxy one to the host behind it. The proxy is told an address and never a
 * name: the one that the guard has looked at.
 */
public final class Tunnel {

    private static final int HEAD_MAX_BYTES = 8 << 10;
    private static final int VERSION = 5;
    private static final int NO_PASSWORD = 0;
    private static final int PASSWORD = 2;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final ProxyServer proxy;
    private final InputStream in;
    private final OutputStream out;

    private Tunnel(ProxyServer proxy, InputStream in, OutputStream out) {
        this.proxy = proxy;
        this.in = in;
        this.out = out;
    }

    /**
     * Asks the proxy; nothing is read beyond its answer.
     *
     * @throws ConnectException when the proxy says no
     */
    public static void open(
            ProxyServer proxy, InputStream in, OutputStream out, InetSocketAddress target)
            throws IOException {
        var tunnel = new Tunnel(proxy, in, out);
        switch (proxy.kind()) {
            case HTTP -> tunnel.connect(target);
            case SOCKS5 -> tunnel.socks(target);
        }
    }

    private void connect(InetSocketAddress target) throws IOException {
        InetAddress address = target.getAddress();
        String literal = address.getHostAddress();
        String to =
                (address instanceof Inet6Address ? "[" + literal + "]" : literal)
                        + ":"
                        + target.getPort();
        var head = new StringBuilder("CONNECT %s HTTP/1.1\r\nHost: %s\r\n".formatted(to, to));
        if (proxy.username() != null) {
            byte[] pair = (proxy.username() + ":" + proxy.password()).getBytes(UTF_8);
            head.append("Proxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(pair))
                    .append("\r\n");
        }
        send(head.append("\r\n").toString().getBytes(ISO_8859_1));
        String status = head().lines().findFirst().orElse("");
        String[] parts = status.split(" ", 3);
        if (!status.startsWith("HTTP/1.") || parts.length < 2 || !parts[1].startsWith("2")) {
            String code = parts.length > 1 ? parts[1].replaceAll("[^0-9]", "") : "";
            throw refused(code.isEmpty() ? "does not speak HTTP" : "answered " + code);
        }
    }

    private String head() throws IOException {
        var head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = read();
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
            head.write(next);
            if (head.size() > HEAD_MAX_BYTES) {
                throw refused("sends more than a head");
            }
        }
        return head.toString(ISO_8859_1);
    }

    private void socks(InetSocketAddress target) throws IOException {
        boolean knows = proxy.username() != null;
        send(new byte[] {VERSION, 1, (byte) (knows ? PASSWORD : NO_PASSWORD)});
        if (read() != VERSION) {
            throw refused("does not speak SOCKS 5");
        }
        switch (read()) {
            case NO_PASSWORD -> {}
            case PASSWORD -> password();
            default -> throw refused(knows ? "takes no password" : "wants a password");
        }
        byte[] address = target.getAddress().getAddress();
        var request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(1);
        request.write(0);
        request.write(address.length == 4 ? IPV4 : IPV6);
        request.writeBytes(address);
        request.write(target.getPort() >> 8);
        request.write(target.getPort());
        send(request.toByteArray());
        int version = read();
        int answer = read();
        if (version != VERSION || answer != 0) {
            throw refused("answered " + answer);
        }
        read();
        int length =
                switch (read()) {
                    case IPV4 -> 4;
                    case IPV6 -> 16;
                    case NAME -> read();
                    default -> throw refused("does not speak SOCKS 5");
                };
        for (int i = 0; i < length + 2; i++) {
            read();
        }
    }

    private void password() throws IOException {
        var login = new ByteArrayOutputStream();
        login.write(1);
        for (String text : new String[] {proxy.username(), proxy.password()}) {
            byte[] bytes = String.valueOf(text).getBytes(UTF_8);
            login.write(bytes.length);
            login.writeBytes(bytes);
        }
        send(login.toByteArray());
        read();
        if (read() != 0) {
            throw refused("does not take the password");
        }
    }

    private void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the proxy %s hung up".formatted(proxy));
        }
        return next;
    }

    private ConnectException refused(String why) {
        return new ConnectException("the proxy %s %s".formatted(proxy, why));
    }
}
