package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.Edition;
import io.gleaner.testing.TestSite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code crawl} and {@code scrape} as a person types them first. */
final class CrawlCommandIT {

    private static final String OPEN = "--allow-private-networks";

    private final TestSite site = TestSite.start("127.0.25.1");
    private Map<String, String> environment =
            Map.of("GLEANER_DATABASE_URL", TestDatabase.shared().freshUrl());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path dir;

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void theAdviceOfAnErrorWorksAndNoSchemeIsNeeded() {
        String host = site.url("/").getAuthority();
        assertThat(crawl(host)).isEqualTo(ExitCodes.NOTHING_FETCHED);
        assertThat(err.toString(UTF_8)).contains("allow it with --allow-private-networks");

        assertThat(crawl(host, OPEN, "--exclude", "missing"))
                .as(err.toString(UTF_8))
                .isEqualTo(ExitCodes.OK);
        assertThat(err.toString(UTF_8)).contains("going on with http://" + host);
        assertThat(dir.resolve("out/index.md")).exists();
        assertThat(dir.resolve("out/news/one.md")).exists();
        assertThat(out.toString(UTF_8))
                .contains("completed: ", " 0 faults")
                .doesNotContain("cost=");
    }

    @Test
    void whatHasChangedIsToldWhenAFolderIsCrawledAgain() throws Exception {
        Edition book = new Edition(site, "/book/");
        book.put("index.html", "Contents", "A book.", "1.html", "2.html")
                .put("1.html", "One", "The first chapter.")
                .put("2.html", "Two", "The second chapter.");
        String start = site.url("/book/index.html").toString();
        assertThat(crawl(start, OPEN, "--sitemap", "skip")).isEqualTo(ExitCodes.OK);
        book.put("1.html", "One", "The first chapter is another one.").remove("2.html");
        book.put("3.html", "Three", "The third chapter.")
                .put("index.html", "Contents", "A book.", "1.html", "3.html");

        crawl(start, OPEN, "--sitemap", "skip", "--recrawl");

        assertThat(out.toString(UTF_8)).contains("1 new, 1 changed, 1 same, 1 gone");
        assertThat(dir.resolve("out/book/1.md")).content().contains("is another one");
        assertThat(dir.resolve("out/book/2.md")).doesNotExist();
        assertThat(Files.readString(dir.resolve("out/pages.ndjson")))
                .contains("\"change\":\"changed\",\"diff\":\"--- before");
    }

    @Test
    void whatNobodyAnswersIsSaidAtOnce() throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        for (String command : List.of("crawl", "scrape")) {
            String url = "http://127.0.0.1:" + port + "/";
            assertThat(run(command, url, OPEN)).isEqualTo(ExitCodes.NOTHING_FETCHED);
            assertThat(err.toString(UTF_8))
                    .endsWith(
                            "gleaner %s: nobody listens on port %d of 127.0.0.1; is %s right?%n"
                                    .formatted(command, port, url));
            assertThat(run(command, "no-such-host.invalid")).isEqualTo(ExitCodes.NOTHING_FETCHED);
            assertThat(err.toString(UTF_8))
                    .contains("no address is known for the host no-such-host.invalid");
        }
    }

    @Test
    void commandsJoinTheGleanerThatHoldsTheDataFolder() throws Exception {
        environment = Map.of();
        Path data = dir.resolve("data");
        Settings settings =
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.data = data;
                                    draft.port = 0;
                                    draft.allowPrivateNetworks = true;
                                });
        try (var server = Gleaner.start(settings)) {
            String url = site.url("/").toString();
            assertThat(crawl(url, OPEN, "--limit", "3", "--data", data.toString()))
                    .as(err.toString(UTF_8))
                    .isLessThanOrEqualTo(ExitCodes.SOME_FAULTS);
            assertThat(err.toString(UTF_8))
                    .contains("the Gleaner that serves %s does the work".formatted(data));
            assertThat(dir.resolve("out").resolve("index.md")).exists();
            assertThat(run("scrape", url, OPEN, "--data", data.toString())).isZero();
            assertThat(server.isBeside()).isFalse();
        }
    }

    private int crawl(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addFirst("crawl");
        words.addAll(List.of("--out", dir.resolve("out").toString()));
        return run(words.toArray(String[]::new));
    }

    private int run(String... arguments) {
        var streams =
                new Streams(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        var words = new ArrayList<>(List.of(arguments));
        if (!words.contains("--out") && words.getFirst().equals("crawl")) {
            words.addAll(List.of("--out", dir.resolve("other").toString()));
        }
        return Main.commandLine(streams, environment).execute(words.toArray(String[]::new));
    }
}
