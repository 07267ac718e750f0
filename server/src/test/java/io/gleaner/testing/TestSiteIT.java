package io.gleaner.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestSiteIT {

    private static TestSite site;
    private static HttpClient client;

    @BeforeAll
    static void open() {
        site = TestSite.start();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        client.shutdownNow();
        site.close();
    }

    @BeforeEach
    void reset() {
        site.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/index.html, 200",
        "/nowhere, 404",
        "/graph/5/4, 200",
        "/graph/5/5, 404",
        "/deep/10000, 200",
        "/status/410, 410",
        "/status/204, 204",
        "/429-seconds, 429",
        "/429-date, 429",
        "/redirect-without-location, 301",
        "/redirect-loop, 302",
        "/type/pdf, 200",
        "/slow-ok/1, 200",
        "/sitemap-index.xml, 200",
        "/robots.txt, 404"
    })
    void pathAnswersItsStatus(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/reset-at-once",
                "/reset-in-the-middle",
                "/closed-at-once",
                "/truncated-body",
                "/broken-chunk",
                "/truncated-chunks",
                "/not-http"
            })
    void brokenAnswerFailsAnHttpClient(String path) {
        assertThatThrownBy(() -> get(path)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow-header", "/half-header", "/slow-body", "/stalled-body"})
    void stalledAnswerOutlastsAClientsPatience(String path) {
        HttpRequest request = HttpRequest.newBuilder(site.url(path)).build();
        var answer = client.sendAsync(request, BodyHandlers.ofByteArray());
        assertThatThrownBy(() -> answer.get(300, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        answer.cancel(true);
    }

    @Test
    void requestsAreCountedAndLogged() throws Exception {
        get("/about.html?a=1");
        get("/about.html");
        assertThat(site.requests("/about.html")).isEqualTo(2);
        assertThat(site.log().getFirst().query()).isEqualTo("a=1");
        assertThat(site.log().getLast().ordinal()).isEqualTo(2);
        assertThat(site.log().getLast().userAgent()).startsWith("Java-http-client");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(site.url(path)).timeout(Duration.ofSeconds(10)).build();
        return client.send(request, BodyHandlers.ofString());
    }
}
