package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void anEmptyEnvironmentGivesTheDefaults() {
        assertThat(Settings.fromEnvironment(Map.of("GLEANER_PORT", " ")))
                .isEqualTo(Settings.defaults());
    }

    @Test
    void everyVariableHasItsSetting() {
        Settings settings =
                Settings.fromEnvironment(
                        Map.of(
                                "GLEANER_PORT", "9000",
                                "GLEANER_ALLOW_PRIVATE_NETWORKS", "yes",
                                "GLEANER_ALLOW_ADDRESSES", "10.0.0.0/8, 192.168.1.1/32",
                                "GLEANER_CRAWL_DELAY_MIN", "250ms",
                                "GLEANER_ROBOTS_TTL", "12h",
                                "GLEANER_LOG_FORMAT", "JSON",
                                "GLEANER_JFR", "false",
                                "GLEANER_SHUTDOWN_DELAY", "5s",
                                "GLEANER_CONTACT", "ops@example.com"));
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.allowPrivateNetworks()).isTrue();
        assertThat(settings.allowCidrs()).isEqualTo(List.of("10.0.0.0/8", "192.168.1.1/32"));
        assertThat(settings.crawlDelayMin()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.robotsTtl()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.flightRecorder()).isFalse();
        assertThat(settings.shutdownDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(settings.contact()).isEqualTo("ops@example.com");
    }

    @Test
    void aBucketTurnsTheObjectStoreOnAndItsSecretIsNotRepeated() {
        Map<String, String> store =
                Map.of(
                        "GLEANER_S3_BUCKET", "pages",
                        "GLEANER_S3_ENDPOINT", "http://10.0.0.9:9000",
                        "GLEANER_S3_PREFIX", "gleaner/",
                        "GLEANER_S3_ACCESS_KEY", "access",
                        "GLEANER_S3_SECRET_KEY", "hidden");
        Settings settings = Settings.fromEnvironment(store);
        assertThat(settings.objects()).isNotNull();
        assertThat(settings.toString()).contains("10.0.0.9:9000").doesNotContain("hidden");
        for (String needed : List.of("GLEANER_S3_BUCKET", "GLEANER_S3_ACCESS_KEY")) {
            var without = new HashMap<>(store);
            without.remove(needed);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Settings.fromEnvironment(without))
                    .withMessageContaining(needed)
                    .matches(e -> !String.valueOf(e.getMessage()).contains("hidden"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Settings.fromEnvironment(
                                        Map.of(
                                                "GLEANER_S3_BUCKET", "pages",
                                                "GLEANER_S3_ENDPOINT", "http://a:hidden@[")))
                .withMessageContaining("GLEANER_S3_ENDPOINT")
                .matches(e -> !String.valueOf(e.getMessage()).contains("hidden"));
    }

    @ParameterizedTest
    @CsvSource({
        "GLEANER_PORT, 70000, a whole number from 0 to 65535",
        "GLEANER_PORT, http, a whole number from 0 to 65535",
        "GLEANER_CRAWL_DELAY_MIN, soon, 'a time like 250ms, 30s, 5m, 24h or PT30S'",
        "GLEANER_ALLOW_PRIVATE_NETWORKS, maybe, true or false",
        "GLEANER_LOG_FORMAT, xml, text or json",
    })
    void aBadValueIsRefusedByNameValueAndWhatIsAccepted(
            String name, String value, String accepted) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.fromEnvironment(Map.of(name, value)))
                .withMessage("%s is '%s': accepted is %s".formatted(name, value, accepted));
    }
}
