package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsCommandIT {

    private static final String ID = "0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60";
    private static final String JOB =
            """
            {"id":"%s","state":"running","total":10,"pending":3,"done":7,"failed":1,\
            "createdAt":"2026-01-02T03:04:05Z","finishedAt":null,"links":{"pages":"/p"}}\
            """
                    .formatted(ID);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void listsJobsAsATable() {
        answer(200, "{\"jobs\":[%s]}".formatted(JOB));
        assertThat(run("jobs", "list", "--state", "running", "--limit", "5")).isZero();
        assertThat(asked).containsExactly("GET /api/jobs?limit=5&state=running");
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "ID                                    STATE    DONE  PENDING  FAILED "
                                + " CREATED               NAME",
                        ID + "  running  7     3        1       2026-01-02T03:04:05Z");
    }

    @Test
    void listsWhatIsAskedFor() {
        answer(200, "{\"jobs\":[%s]}".formatted(JOB));
        assertThat(run("jobs", "list", "--tag", "shop", "--name", "a b", "--kind", "crawl"))
                .isZero();
        assertThat(asked).containsExactly("GET /api/jobs?limit=20&kind=crawl&name=a+b&tag=shop");
    }

    @Test
    void listsPagesAsATableAndSaysHowManyThereAre() {
        answer(
                200,
                """
                {"pages":[{"seq":3,"url":"https://a.example/3","outcome":"fault","fault":"timeout",\
                "status":null,"fetchedAt":"2026-01-02T03:04:05Z"}],"count":10000,"next":3}\
                """);
        assertThat(run("jobs", "pages", ID, "--fault", "timeout", "--newest")).isZero();
        assertThat(asked)
                .containsExactly(
                        "GET /api/jobs/%s/pages?brief=true&count=true&limit=20&fault=timeout&order=newest"
                                .formatted(ID));
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "SEQ  STATUS  OUTCOME  FETCHED               URL",
                        "3    -       timeout  2026-01-02T03:04:05Z  https://a.example/3",
                        "1 of 10000, next --cursor 3");
    }

    @Test
    void aJobIsRunAgain() {
        answer(202, JOB);
        assertThat(run("jobs", "rerun", ID)).isZero();
        assertThat(asked).containsExactly("POST /api/jobs/%s/rerun".formatted(ID));
    }

    @Test
    void aProfileIsWrittenWhereItIsAskedFor(@TempDir Path dir) throws IOException {
        answer(200, "<!doctype html>");
        Path page = dir.resolve("page.html");
        assertThat(run("profile", "--event", "alloc", "--seconds", "1", "--out", page.toString()))
                .isZero();
        assertThat(run("profile", "--out", dir.resolve("raw.jfr").toString())).isZero();
        assertThat(asked)
                .containsExactly(
                        "GET /admin/profile?event=alloc&seconds=1&format=html",
                        "GET /admin/profile?event=cpu&seconds=10&format=jfr");
        assertThat(page).hasContent("<!doctype html>");
        assertThat(run("profile", "--out", dir.resolve("no/such/folder.html").toString()))
                .isEqualTo(ExitCodes.IO_ERROR);
        assertThat(run("profile", "--seconds", "121")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void anExportIsTheFileThatTheServerSendsAndAnArchiveHasItsIndex(@TempDir Path dir) {
        answer(200, "content");
        Path csv = dir.resolve("a.csv");
        Path warc = dir.resolve("site.warc.gz");
        assertThat(
                        run(
                                "jobs",
                                "export",
                                ID,
                                "--format",
                                "csv",
                                "--columns",
                                "url,fields.a",
                                "--out",
                                csv.toString()))
                .isZero();
        assertThat(run("jobs", "export", ID, "--format", "warc", "--out", warc.toString()))
                .isZero();

        assertThat(asked)
                .containsExactly(
                        "GET /api/jobs/" + ID + "/export?format=csv&columns=url%2Cfields.a",
                        "GET /api/jobs/" + ID + "/export?format=cdx&archive=site.warc.gz",
                        "GET /api/jobs/" + ID + "/export?format=warc");
        assertThat(csv).hasContent("content");
        assertThat(dir.resolve("site.cdx")).hasContent("content");
        assertThat(dir).isDirectoryContaining(file -> file.equals(warc));
        assertThat(run("jobs", "export", ID, "--format", "xls")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void anExportThatBreaksOffLeavesNoFileAndSaysSo(@TempDir Path dir) {
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("half".getBytes(UTF_8));
                    exchange.getResponseBody().flush();
                    throw new IOException("cut");
                });
        Path csv = dir.resolve("a.csv");

        assertThat(run("jobs", "export", ID, "--format", "csv", "--out", csv.toString()))
                .isEqualTo(ExitCodes.UNAVAILABLE);

        assertThat(dir).isEmptyDirectory();
        assertThat(err.toString(UTF_8)).contains("broke off").contains("begins anew");
    }

    @Test
    void anEmptyListSaysSo() {
        answer(200, "{\"jobs\":[]}");
        run("jobs", "list");
        assertThat(out.toString(UTF_8)).isEqualTo("no jobs\n");
    }

    @Test
    void showsEveryMemberOfAJobThatIsThere() {
        answer(200, JOB);
        assertThat(run("jobs", "show", ID)).isZero();
        assertThat(asked).containsExactly("GET /api/jobs/" + ID);
        assertThat(out.toString(UTF_8))
                .contains("state      running\n", "links      {\"pages\":\"/p\"}\n")
                .doesNotContain("finishedAt");
    }

    @Test
    void printsTheServersJsonAsItIs() {
        answer(200, JOB);
        run("jobs", "show", ID, "--json");
        assertThat(out.toString(UTF_8)).isEqualTo(JOB + "\n");
    }

    @Test
    void cancelsAJob() {
        answer(204, "");
        assertThat(run("jobs", "cancel", ID)).isZero();
        assertThat(asked).containsExactly("DELETE /api/jobs/" + ID);
        assertThat(out.toString(UTF_8)).isEqualTo("cancelled " + ID + "\n");
    }

    @Test
    void theServersProblemIsTheSentence() {
        answer(404, "{\"title\":\"Not found\",\"detail\":\"there is no job " + ID + "\"}");
        assertThat(run("jobs", "show", ID)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8))
                .isEqualTo(
                        "gleaner jobs show: the server answers 404: there is no job " + ID + "\n");
    }

    @Test
    void noServerIsOneSentenceThatSaysHowToStartOne() {
        server.stop(0);
        assertThat(run("jobs", "list")).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString(UTF_8))
                .contains("no server answers at http://127.0.0.1:", "'gleaner serve'")
                .hasLineCount(1);
    }

    @Test
    void anAnswerThatIsNotOursIsOneSentence() {
        answer(200, "<html>");
        assertThat(run("jobs", "list")).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString(UTF_8)).contains("is not gleaner's").hasLineCount(1);
    }

    private void answer(int status, String body) {
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private int run(String... arguments) {
        var streams =
                new Streams(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        Map<String, String> environment =
                Map.of("GLEANER_SERVER", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return Main.commandLine(streams, environment).execute(arguments);
    }
}
