package io.gleaner.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireDurationTest {

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "500ms, PT0.5S",
        "2m, PT2M",
        "1h, PT1H",
        "30, PT30S",
        "0, PT0S",
        "1.5, PT1.5S",
        "0.1s, PT0.1S",
        "1d, PT24H",
        "PT30S, PT30S",
        "pt1m30s, PT1M30S",
        "' 30 s ', PT30S",
        "30S, PT30S",
        "999999999h, PT999999999H"
    })
    void everyFormIsRead(String text, Duration expected) {
        assertThat(WireDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "-1s",
                "-PT1S",
                "1w",
                "1e3",
                "1,5s",
                "NaN",
                "0x10",
                "PT",
                "1s1s",
                "99999999999999999999s",
                "0.0000000001s",
                "١s",
                "PT999999999999999999999S"
            })
    void otherFormsAreNot(String text) {
        assertThat(WireDuration.parse(text)).isEmpty();
    }

    @Property
    void whatJavaPrintsIsReadBack(@ForAll @LongRange(min = 0) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(WireDuration.parse(duration.toString())).contains(duration);
    }

    @Property
    void noTextThrows(@ForAll String text) {
        assertThat(WireDuration.parse(text)).isNotNull();
    }
}
