package io.gleaner.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server in a process of its own, on loopback, without a disk. */
public final class RedisNode implements AutoCloseable {

    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 30_000;
    private static final int BUS = 10_000;

    private static final class Binary {
        static final File SERVER = extract();

        private static File extract() {
            try {
                return ExecutableProvider.newJarResourceProvider().get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final int port;
    private final List<String> settings;
    private final Path folder;
    private final Path file;
    private Process process;

    private RedisNode(int port, List<String> settings, String file) throws IOException {
        this.port = port;
        this.settings = settings;
        this.folder = Files.createTempDirectory("gleaner-redis-");
        this.file = Files.writeString(folder.resolve("redis.conf"), file);
        this.process = launch();
    }

    /**
     * @param settings names, each behind two hyphens, and values
     */
    public static RedisNode start(String... settings) {
        return start(freePort(), "", List.of(settings));
    }

    /** One that speaks TLS only and asks for a password. */
    public static RedisNode withTls(Path certificate, Path key, String password) {
        int port = freePort();
        return start(
                port,
                "",
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        String.valueOf(port),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-auth-clients",
                        "no",
                        "--requirepass",
                        password));
    }

    /** A sentinel that watches a master under that name, and fails over after a second. */
    public static RedisNode sentinelOf(RedisNode master, String name) {
        String file =
                """
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 1000
                sentinel failover-timeout %s 3000
                """
                        .formatted(name, master.port, name, name);
        return start(freePort(), file, List.of("--sentinel"));
    }

    private static RedisNode start(int port, String file, List<String> settings) {
        try {
            var node = new RedisNode(port, settings, file);
            Runtime.getRuntime().addShutdownHook(new Thread(node::kill));
            node.awaitReady();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Binary.SERVER.getPath(),
                                file.toString(),
                                "--port",
                                String.valueOf(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--appendonly",
                                "no",
                                "--dir",
                                folder.toString()));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitReady() {
        await().until(() -> !isFree(port));
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** One command on a connection of its own. */
    public <T> T ask(Function<RedisCommands<String, String>, T> command) {
        RedisClient client =
                RedisClient.create(
                        RedisURI.builder()
                                .withHost("127.0.0.1")
                                .withPort(port)
                                .withTimeout(Duration.ofSeconds(2))
                                .build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return command.apply(connection.sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Again on the same port, with nothing in it. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    /** SIGSTOP: connections stay, nothing answers. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .map(Path::toFile)
                    .forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose cluster port, ten thousand higher, is free too. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            if (isFree(port) && isFree(port + BUS)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
