package io.gleaner.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static final byte[] BODY = "{\"a\":\"é\"}".getBytes(UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1_764_590_400);

    // Made by the npm package standardwebhooks 1.1.1, and by openssl dgst -hmac.
    @Test
    void theyAreThoseThatOthersMake() {
        Map<String, String> headers =
                Signatures.headers(
                        "msg_0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60_3",
                        NOW,
                        BODY,
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(headers)
                .containsEntry("webhook-timestamp", "1764590400")
                .containsEntry(
                        "webhook-signature", "v1,p7l6lt3u9Gk64rSCe1sgA5z2WARY+8UOXl7mK1/CuoI=")
                .containsEntry(
                        "X-Firecrawl-Signature",
                        "sha256=d10860f68292fbc3f46aec3ab393c427b155be87beec6e5f78c5c500f0848b32");
    }

    @Test
    void withoutASecretThereIsNoSignature() {
        assertThat(Signatures.headers("msg_1", NOW, BODY, null))
                .containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    @Test
    void pausesGrowFromFiveSecondsToADaySpreadAndEnd() {
        var least = new Retries(new Fixed(0));
        var most = new Retries(new Fixed(1));

        assertThat(least.after(1)).hasValue(Duration.ofSeconds(4));
        assertThat(most.after(1)).hasValue(Duration.ofSeconds(6));
        assertThat(least.after(10).orElseThrow()).isGreaterThan(Duration.ofHours(19));
        for (int attempts = 2; attempts <= 10; attempts++) {
            assertThat(least.after(attempts).orElseThrow())
                    .isGreaterThanOrEqualTo(least.after(attempts - 1).orElseThrow());
        }
        assertThat(least.after(11)).isEmpty();
    }

    private record Fixed(double value) implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }
}
