package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRequestTest {

    private static final Map<String, String> SECRET =
            Map.of("Authorization", "secret", "Accept-Language", "de");

    @ParameterizedTest
    @CsvSource({
        "http://a.example/1, http://a.example/2, http://a.example/3, true",
        "http://a.example/1, https://a.example/2, https://a.example/3, true",
        "http://a.example/1, http://a.example/2, http://b.example/3, false",
        "http://a.example/1, http://b.example/2, http://b.example/3, false",
        "http://a.example/1, http://b.example/2, http://a.example/3, false",
        "http://a.example/1, http://a.example/2, http://a.example:81/3, false",
    })
    void whatWasMeantForAnOriginIsNotSentToAnother(
            String asked, String page, String next, boolean sent) {
        var request = FetcherIT.request(URI.create(next), SECRET);
        Map<String, String> headers = request.after(URI.create(asked), URI.create(page)).headers();
        assertThat(headers).containsEntry("Accept-Language", "de");
        assertThat(headers.containsKey("Authorization")).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\u00e9\"", "\"\u0000\"", "\"a\nb: c\""})
    void aTagThatCannotBeSentIsNot(String tag) {
        var request = FetcherIT.request(URI.create("http://a.example/"), Map.of());
        assertThat(request.unless(tag, null)).isEqualTo(request);
    }

    @Test
    void aTagWithoutEndIsNotSentBack() {
        var request = FetcherIT.request(URI.create("http://a.example/"), Map.of());
        String tag = "x".repeat(RequestHeaders.TOTAL_CHARS_MAX);
        assertThat(request.unless(tag, null)).isEqualTo(request);
        assertThat(request.unless("\"x\"", null).headers()).containsEntry("If-None-Match", "\"x\"");
    }
}
