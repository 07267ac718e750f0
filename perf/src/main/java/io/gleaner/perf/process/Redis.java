package io.gleaner.perf.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server in a process of its own, on loopback, without a disk. */
public final class Redis implements AutoCloseable {

    private static final String READY = "Ready to accept connections";
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private final Launch launch;
    private final int port;
    private Child child;

    private Redis(Launch launch, int port) throws InterruptedException {
        this.launch = launch;
        this.port = port;
        this.child = Child.start(launch);
    }

    /**
     * @param folder for its log
     */
    public static Redis start(Path folder) throws InterruptedException {
        try {
            int port = freePort();
            var command =
                    List.of(
                            ExecutableProvider.newJarResourceProvider().get().getPath(),
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no",
                            "--dir",
                            folder.toString());
            return new Redis(
                    new Launch(
                            "Redis",
                            command,
                            Map.of(),
                            READY,
                            START_PATIENCE,
                            folder.resolve("redis.log"),
                            Optional.empty()),
                    port);
        } catch (IOException e) {
            throw new BenchException("could not unpack Redis", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public Usage usage() {
        return child.usage();
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** Again on the same port, with nothing in it. */
    public void restart() throws InterruptedException {
        child = Child.start(launch);
    }

    /** SIGSTOP: connections stay, nothing answers. */
    public void freeze() throws InterruptedException {
        child.signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws InterruptedException {
        child.signal("CONT");
    }

    /** The first line of the answer to a command. */
    public String ask(String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in =
                        new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            return String.valueOf(in.readLine());
        } catch (IOException e) {
            throw new BenchException("Redis does not answer", e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
