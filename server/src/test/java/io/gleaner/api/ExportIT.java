package io.gleaner.api;

import static io.gleaner.api.ApiFixture.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.api.wire.Json;
import io.gleaner.job.CacheState;
import io.gleaner.job.Capture;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;

/** Jobs as files: each format is read back by a reader that is not ours. */
final class ExportIT {

    private static ApiFixture api;
    private static String job;
    private static String archived;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws Exception {
        api = new ApiFixture(ApiFixture.CONFIG);
        job =
                submit(
                        Map.of(
                                "urls",
                                urls("site.example", 4),
                                "formats",
                                List.of("markdown", "metadata", "links"),
                                "fields",
                                Map.of(
                                        "price", Map.of("css", ".p"),
                                        "all", Map.of("css", ".a", "all", true))));
        api.work(4, ExportIT::linked);
        archived = submit(Map.of("urls", urls("archive.example", 3), "warc", true));
        api.work(3, ExportIT::captured);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String submit(Map<String, ?> body) throws Exception {
        return api.post("/api/jobs", JSON.writeValueAsString(body)).header("Location");
    }

    private static List<String> urls(String host, int n) {
        var urls = new ArrayList<String>();
        for (int i = 1; i <= n; i++) {
            urls.add("https://" + host + "/" + i);
        }
        return urls;
    }

    /** A fault, and pages that link to each other. */
    private static Page linked(Task task) {
        if (task.url().endsWith("/3")) {
            return ApiFixture.fault(task, FaultCode.HTTP_CLIENT_ERROR, 404);
        }
        return content(
                task,
                "# Title\n\n[one](https://site.example/1) [gone](https://site.example/3)"
                        + " [two](https://site.example/2#x)",
                List.of());
    }

    private static Page captured(Task task) {
        String body = task.url().endsWith("/3") ? "three" : "the same";
        var exchange =
                new Capture.Exchange(
                        task.url(),
                        Instant.parse("2026-01-01T00:00:00.123456Z"),
                        "http/1.1",
                        "GET /x HTTP/1.1\r\nHost: archive.example\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
                                .formatted(body.length()),
                        body.getBytes(UTF_8),
                        true);
        return content(task, "# x", List.of(exchange));
    }

    private static Page content(Task task, String markdown, List<Capture> captures) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("price", "=1+1");
        fields.put("all", List.of("a", "b,c"));
        return new Page.Content(
                task.url(),
                task.url(),
                200,
                Instant.parse("2026-01-01T00:00:00Z"),
                task.depth(),
                "text/html",
                new PageContent(
                        markdown,
                        null,
                        null,
                        null,
                        null,
                        List.of("https://a.example/"),
                        null,
                        Map.of("title", "Ä \"t\", x"),
                        fields),
                CacheState.MISS,
                null,
                captures);
    }

    private static byte[] export(String of, String query) throws Exception {
        var answer =
                api.http.send(
                        api.request(of + "/export?" + query).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        return answer.body();
    }

    @Test
    void linesAreTheSameAsThePagesAre() throws Exception {
        assertThat(new String(export(job, "format=ndjson"), UTF_8))
                .isEqualTo(api.get(job + "/pages", "Accept", Json.LINES_TYPE).body());
    }

    @Test
    void aTableHasTheColumnsThatWereChosenAndNoFormula() throws Exception {
        String csv =
                new String(export(job, "format=csv&columns=seq,fields.price,fields.all"), UTF_8);

        assertThat(csv)
                .isEqualTo(
                        """
                        seq,fields.price,fields.all\r
                        1,'=1+1,"[""a"",""b,c""]"\r
                        2,'=1+1,"[""a"",""b,c""]"\r
                        3,,\r
                        4,'=1+1,"[""a"",""b,c""]"\r
                        """);
    }

    @Test
    void aTableOfNoChosenColumnsHasTheShortOnes() throws Exception {
        String head = new String(export(job, "format=csv"), UTF_8).lines().findFirst().orElse("");

        assertThat(head)
                .isEqualTo(
                        "seq,url,outcome,status,fault,faultDetail,attempts,fetchedAt,depth,finalUrl,"
                            + "contentType,cacheState,title,description,fields.all,fields.price");
    }

    @Test
    void acceptAloneChoosesTheFormat() throws Exception {
        Answer answer = api.get(job + "/export", "Accept", "text/csv");

        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.header("Content-Disposition")).endsWith(".csv\"");
        assertThat(answer.body()).startsWith("seq,url,");
    }

    @Test
    void whatIsNotToBeHadIsRefusedAndNeverAnsweredWithJson() throws Exception {
        for (String path : List.of("/pages", "/export")) {
            Answer answer =
                    api.get(job + path, "Accept", path.equals("/pages") ? "text/csv" : "image/png");
            assertThat(answer.status()).as(path).isEqualTo(406);
            assertThat(answer.text("code")).isEqualTo("not_acceptable");
        }
        assertThat(api.get(job + "/pages", "Accept", "text/csv").body()).contains("/export");
        assertThat(api.get(job + "/pages", "Accept", "text/html, */*;q=0.1").status())
                .isEqualTo(200);
        assertThat(api.get(job + "/pages", "Accept", "rubbish").status()).isIn(400, 406);
    }

    @Test
    void mistakesAreNamedBeforeAnythingIsSent() throws Exception {
        Answer none = api.get(job + "/export");
        Answer format = api.get(job + "/export?format=xls");
        Answer column = api.get(job + "/export?format=csv&columns=seq,nope");
        Answer warc = api.get(job + "/export?format=warc");

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.body()).contains("markdown.zip");
        assertThat(format.text("code")).isEqualTo("invalid_value");
        assertThat(column.text("detail")).contains("nope").contains("fields.price");
        assertThat(warc.text("detail")).contains("\"warc\": true");
    }

    @Test
    void duckDbReadsTheParquetFileAsItWasStored() throws Exception {
        Path file = Files.write(folder.resolve("job.parquet"), export(job, "format=parquet"));

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet rows =
                        duck.createStatement()
                                .executeQuery(
                                        """
                                        SELECT seq, status, fault, epoch_us(fetchedAt) AS us, title,
                                               "fields.all"[2] AS second, metadata['title'] AS mapped,
                                               links[1] AS link, markdown
                                        FROM '%s'
                                        ORDER BY seq
                                        """
                                                .formatted(file))) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong("seq")).isEqualTo(1);
            assertThat(rows.getInt("status")).isEqualTo(200);
            assertThat(rows.getString("fault")).isNull();
            assertThat(rows.getLong("us"))
                    .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000);
            assertThat(rows.getString("title")).isEqualTo("Ä \"t\", x");
            assertThat(rows.getString("second")).isEqualTo("b,c");
            assertThat(rows.getObject("mapped").toString()).contains("Ä \"t\", x");
            assertThat(rows.getString("link")).isEqualTo("https://a.example/");
            assertThat(rows.getString("markdown")).startsWith("# Title");
            rows.next();
            rows.next();
            assertThat(rows.getString("fault")).isEqualTo("http_client_error");
            assertThat(rows.getString("markdown")).isNull();
            rows.next();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void filesOfTheZipLinkToEachOther() throws Exception {
        Map<String, String> files = unzip(export(job, "format=markdown.zip"));

        assertThat(files)
                .containsOnlyKeys("site.example/1.md", "site.example/2.md", "site.example/4.md");
        assertThat(files.get("site.example/4.md"))
                .startsWith("---\nurl: \"https://site.example/4\"\n")
                .contains("[one](1.md) [gone](https://site.example/3) [two](2.md#x)");
    }

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        return files;
    }

    @Test
    void oneMarkdownFileKeepsWithinItsSizeAndSaysWhatIsLeftOut() throws Exception {
        String long1 = submit(Map.of("urls", urls("long.example", 5)));
        api.work(5, task -> content(task, "line\n".repeat(120), List.of()));

        String whole = new String(export(long1, "format=markdown"), UTF_8);
        String cut = new String(export(long1, "format=markdown&maxBytes=1000"), UTF_8);

        assertThat(whole).contains("https://long.example/5").doesNotContain("left out");
        assertThat(cut.getBytes(UTF_8).length).isLessThanOrEqualTo(1000);
        assertThat(cut).contains("https://long.example/2").contains("3 more are left out");
    }

    @Test
    void anArchiveHasWhatCameOverTheWireAndNoBodyTwice() throws Exception {
        byte[] warc = export(archived, "format=warc");
        var types = new ArrayList<String>();
        try (var reader = reader(warc)) {
            for (WarcRecord record : reader) {
                types.add(record.type());
                assertThat(record.version().toString()).isEqualTo("WARC/1.1");
                if (record instanceof WarcResponse response && response.target().endsWith("/3")) {
                    assertThat(response.http().body().stream().readAllBytes())
                            .isEqualTo("three".getBytes(UTF_8));
                    assertThat(response.date()).isEqualTo("2026-01-01T00:00:00.123456Z");
                }
                if (record instanceof WarcRevisit revisit) {
                    assertThat(revisit.refersToTargetURI()).isPresent();
                    assertThat(revisit.http().status()).isEqualTo(200);
                }
            }
        }

        assertThat(types)
                .containsExactly(
                        "warcinfo",
                        "response",
                        "request",
                        "revisit",
                        "request",
                        "response",
                        "request");
        assertThat(export(archived, "format=warc")).as("once more").isEqualTo(warc);
    }

    @Test
    void theIndexLeadsToEachRecord() throws Exception {
        byte[] warc = export(archived, "format=warc");
        List<String> lines =
                new String(export(archived, "format=cdx&archive=my.warc.gz"), UTF_8)
                        .lines()
                        .toList();

        assertThat(lines.getFirst()).isEqualTo(" CDX N b a m s k r M S V g");
        assertThat(lines.subList(1, lines.size())).isSorted().hasSize(3);
        for (String line : lines.subList(1, lines.size())) {
            String[] field = line.split(" ", -1);
            assertThat(field[10]).isEqualTo("my.warc.gz");
            int start = Integer.parseInt(field[9]);
            int length = Integer.parseInt(field[8]);
            byte[] member = Arrays.copyOfRange(warc, start, start + length);
            try (var reader = reader(member)) {
                WarcRecord record = reader.next().orElseThrow();
                assertThat(record.headers().first("WARC-Target-URI")).hasValue(field[2]);
                assertThat(reader.next()).isEmpty();
            }
        }
    }

    private static WarcReader reader(byte[] warc) throws IOException {
        return new WarcReader(Channels.newChannel(new ByteArrayInputStream(warc)));
    }

    @Test
    void anExportThatBreaksOffDoesNotLookWhole() throws Exception {
        String broken = submit(Map.of("urls", urls("broken.example", 200)));
        for (int i = 0; i < 4; i++) {
            api.work(50, task -> content(task, "x".repeat(20_000), List.of()));
        }
        // A row that cannot be read, as after damage on the disk.
        api.database
                .maintenance()
                .runBulk(
                        "test",
                        handle ->
                                handle.execute(
                                        "UPDATE page SET content = 'rubbish' WHERE job_id = ?::uuid"
                                                + " AND seq = 150",
                                        broken.substring(broken.lastIndexOf('/') + 1)));

        for (String format :
                List.of("ndjson", "csv&columns=seq,markdown", "parquet", "markdown.zip")) {
            assertThatThrownBy(() -> export(broken, "format=" + format))
                    .as(format)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> api.get(broken + "/pages", "Accept", Json.LINES_TYPE))
                .isInstanceOf(IOException.class);
        try (Socket raw = api.connect()) {
            raw.getOutputStream()
                    .write(
                            ("GET "
                                            + broken
                                            + "/export?format=ndjson HTTP/1.1\r\n"
                                            + "Host: 127.0.0.1\r\n\r\n")
                                    .getBytes(UTF_8));
            InputStream in = raw.getInputStream();
            assertThat(new String(in.readAllBytes(), UTF_8)).doesNotEndWith("0\r\n\r\n");
        }
    }
}
