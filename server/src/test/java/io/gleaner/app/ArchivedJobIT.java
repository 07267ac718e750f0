package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.TestSite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;

/** Web archives of jobs that went over a real wire. */
class ArchivedJobIT {

    private static final String HTML =
            "<html><head><title>T</title></head><body><p>Some words.</p></body></html>";

    private static TestSite site;
    private static RunningService service;
    private static byte[] packed;

    @BeforeAll
    static void start() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(HTML.getBytes(UTF_8));
        }
        packed = bytes.toByteArray();
        site = TestSite.start();
        site.route(
                        "/packed",
                        (request, out) ->
                                out.header("Content-Encoding", "gzip")
                                        .header("X-Own", "as sent")
                                        .send(200, "text/html", packed))
                .route("/moved", (request, out) -> out.redirect(302, "/packed"));
        service = RunningService.patient();
    }

    @AfterAll
    static void stop() {
        service.close();
        site.close();
    }

    private static List<WarcRecord> records(byte[] warc, List<byte[]> bodies) throws Exception {
        var records = new ArrayList<WarcRecord>();
        try (var reader = new WarcReader(Channels.newChannel(new ByteArrayInputStream(warc)))) {
            for (WarcRecord record : reader) {
                records.add(record);
                bodies.add(record.body().stream().readAllBytes());
            }
        }
        return records;
    }

    @Test
    void whatIsKeptIsWhatWentOverTheWireWithoutSecrets() throws Exception {
        String job =
                service.submit(
                        Map.of(
                                "urls",
                                List.of(site.url("/moved").toString()),
                                "warc",
                                true,
                                "headers",
                                Map.of("Authorization", "Bearer hidden", "Accept-Language", "de")));
        service.results(job);
        var bodies = new ArrayList<byte[]>();
        List<WarcRecord> records = records(service.bytes(job + "/export?format=warc"), bodies);

        assertThat(records.stream().map(WarcRecord::type))
                .containsExactly("warcinfo", "response", "request", "response", "request");
        assertThat(((WarcResponse) records.get(1)).target()).endsWith("/moved");
        assertThat(new String(bodies.get(1), UTF_8)).startsWith("HTTP/1.1 302 ");
        assertThat(((WarcResponse) records.get(3)).target()).endsWith("/packed");
        assertThat(new String(bodies.get(3), UTF_8)).contains("X-Own: as sent\r\n");
        assertThat(bodies.get(3)).as("still compressed").endsWith(packed);
        assertThat(((WarcRequest) records.get(4)).target()).endsWith("/packed");
        assertThat(new String(bodies.get(4), UTF_8))
                .startsWith("GET /packed HTTP/1.1\r\n")
                .contains("Accept-Language: de\r\n", "Host: 127.0.0.1:")
                .doesNotContain("hidden");
    }

    @Test
    void aPageThatWasRenderedIsAResourceAndNeverAResponse() throws Exception {
        String url = site.url("/packed").toString();
        String job =
                service.submit(
                        Map.of(
                                "urls",
                                List.of(url),
                                "warc",
                                true,
                                "render",
                                "always",
                                "timeout",
                                "60s",
                                "screenshot",
                                Map.of()));
        service.results(job);
        var bodies = new ArrayList<byte[]>();
        List<WarcRecord> records = records(service.bytes(job + "/export?format=warc"), bodies);

        assertThat(records.stream().map(WarcRecord::type))
                .containsExactly("warcinfo", "resource", "resource");
        assertThat(((WarcResource) records.get(1)).target()).isEqualTo(url);
        assertThat(new String(bodies.get(1), UTF_8)).contains("Some words.");
        assertThat(((WarcResource) records.get(2)).target()).isEqualTo("screenshot:" + url);
        assertThat(bodies.get(2)).startsWith(0x89, 'P', 'N', 'G');
    }
}
