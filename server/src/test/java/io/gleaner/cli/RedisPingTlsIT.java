package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.redis.RedisNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Redis behind TLS and a password, from a JVM of its own: what it trusts is for the whole JVM.
 */
class RedisPingTlsIT {

    private static final String PASSWORD = "correct-horse";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    @TempDir private Path dir;
    private RedisNode node;

    private record Result(int exitCode, String text) {}

    @BeforeEach
    void start() throws Exception {
        Path store = dir.resolve("store.p12");
        run(
                JAVA.resolve("keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "redis",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=redis",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc=ca:true");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        node =
                RedisNode.withTls(
                        pem("CERTIFICATE", keys.getCertificate("redis").getEncoded()),
                        pem(
                                "PRIVATE KEY",
                                keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()),
                        PASSWORD);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Path pem(String type, byte[] der) throws Exception {
        String text =
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(
                                type,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                                type);
        return Files.writeString(dir.resolve(type.replace(' ', '-') + ".pem"), text);
    }

    private static Result run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), text);
    }

    private Result ping(String password, boolean trusted) throws Exception {
        var command = new ArrayList<>(List.of(JAVA.resolve("java").toString()));
        if (trusted) {
            command.add("-Djavax.net.ssl.trustStore=" + dir.resolve("store.p12"));
            command.add("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "redis",
                        "ping",
                        "--redis-url",
                        "rediss://:%s@127.0.0.1:%d".formatted(password, node.port())));
        return run(command.toArray(String[]::new));
    }

    @Test
    void itIsReachedWithTheRightPasswordAndTrust() throws Exception {
        Result right = ping(PASSWORD, true);
        assertThat(right.text()).doesNotContain(PASSWORD);
        assertThat(right.exitCode()).isZero();
    }

    @Test
    void aWrongPasswordAndAnUnknownCertificateAreNamed() throws Exception {
        Result wrong = ping("wrong", true);
        assertThat(wrong.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(wrong.text()).contains("password");
        Result unknown = ping(PASSWORD, false);
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(unknown.text()).contains("certificate").doesNotContain(PASSWORD);
    }
}
