package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "crwl | unknown command 'crwl' (did you mean crawl or scrape?)",
                "crawl | missing required parameter: 'URL'",
                "crawl ftp://a.example/ | URL: 'ftp://a.example/' is not a URL like"
                        + " https://example.com/path: its scheme is ftp",
                "crawl a_example | it has no scheme",
                "crawl http:/x | it has no host",
                "crawl http://a.example/ more | unexpected argument 'more'",
                "crawl http://a.example/ --limt 5 | unknown option '--limt' (did you mean"
                        + " --limit?)",
                "crawl http://a.example/ --limit | '--limit'",
                "crawl http://a.example/ --limit 0 | '--limit': '0' is not a whole number from 1 to"
                        + " 1000000",
                "crawl http://a.example/ --max-depth x | '--max-depth': 'x' is not a whole number"
                        + " from 0 to 1000",
                "crawl http://a.example/ --formats pdf | 'pdf' is not one of markdown, html,"
                        + " rawHtml, text, chunks, links, images, metadata",
                "crawl http://a.example/ --sitemap no | '--sitemap': 'no' is not one of include,"
                        + " skip, only",
                "crawl http://a.example/ --timeout 30 | '30' is not a duration; accepted are 500ms,"
                        + " 30s, 2m, 1h",
                "crawl http://a.example/ --timeout 1h | --timeout 1h is not between 100ms and 5m",
                "crawl http://a.example/ --header x | a header is written 'Name: value' in ASCII",
                "crawl http://a.example/ --header a:1 --header A:2 | --header A is given twice",
                "crawl http://a.example/ --host-slots 0 | '--host-slots': '0' is not a whole number"
                        + " from 1 to 1000",
                "scrape http://a.example/ --format html,text | one format",
                "serve --port 70000 | '--port': '70000' is not a whole number from 0 to 65535",
                "jobs list --state done | 'done' is not one of running, completed, cancelled,"
                        + " failed",
                "serve --database-connections 5 | '--database-connections': '5' is not a whole"
                        + " number from 6 to 1000",
                "serve --backlog-max 0 | '--backlog-max': '0' is not a whole number from 1 to"
                        + " 2147483647",
                "serve --retention-days 40000 | '--retention-days': '40000' is not a whole number"
                        + " from 1 to 36500",
                "db report --limit 101 | '--limit': '101' is not a whole number from 1 to 100",
                "jobs show 12 | '12' is not a job id like",
                "jobs show 1-2-3-4-5 | '1-2-3-4-5' is not a job id like",
                "bench crawl | only the launcher ./gleaner runs it",
                "autoscale simulate | only the launcher ./gleaner runs it",
                "test | only the launcher ./gleaner runs it",
            })
    void badUsageIsOneSentenceThatNamesTheFlagAndWhatIsAccepted(String command, String sentence) {
        assertThat(run(command.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains(sentence).hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"serve,--data", "crawl,--data", "crawl,--out", "crawl,--summary-json"})
    void anEmptyPathIsNotTheWorkingFolder(String command, String flag) {
        assertThat(run(command, flag, "")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains("'%s': '' is not a path".formatted(flag));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "crawl",
                "scrape",
                "jobs",
                "jobs list",
                "jobs show",
                "jobs cancel",
                "db",
                "db report",
                "db migrate",
                "bench",
                "load",
                "autoscale",
                "content",
                "test",
                "version"
            })
    void everyCommandExplainsItselfOnStdout(String command) {
        assertThat(run((command + " --help").split(" "))).isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8)).startsWith("Usage: gleaner " + command);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void helpNamesEveryCommand() {
        run("--help");
        assertThat(out.toString(UTF_8))
                .contains(
                        "serve", "crawl", "scrape", "jobs", "db", "bench", "load", "test",
                        "version");
    }

    @Test
    void noCommandIsBadUsage() {
        assertThat(run()).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).startsWith("Usage: gleaner");
    }

    @Test
    void versionNamesJava() {
        assertThat(run("version")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8))
                .startsWith("gleaner ")
                .contains("(java " + System.getProperty("java.version"));
    }

    @Test
    void whatNewcomersTryFirstWorks() {
        assertThat(run("--version")).isEqualTo(ExitCodes.OK);
        assertThat(run("help")).isEqualTo(ExitCodes.OK);
        assertThat(run("help", "crawl")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8)).contains("gleaner development", "Usage: gleaner crawl");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aUrlIsExplained() {
        assertThat(
                        run(
                                "url",
                                "explain",
                                "A.example/b/index.html?c=1&utm_source=x&a=2",
                                "--start",
                                "b.example"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8))
                .contains(
                        "fetched  https://a.example/b/index.html?c=1&a=2  (session",
                        "same as  https://a.example/b?a=2&c=1  (order",
                        "host     a.example",
                        "inside   no");
        out.reset();
        assertThat(run("url", "explain", "https://a.example/?b=1&a=2/", "--keep-query-order"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString(UTF_8)).contains("same as  https://a.example?b=1&a=2/");
    }

    @Test
    void aSecretInAMalformedHeaderIsNotRepeated() {
        run("crawl", "http://a.example/", "--header", "Authorization s3cret");
        assertThat(err.toString(UTF_8)).doesNotContain("s3cret");
    }

    private int run(String... arguments) {
        var streams =
                new Streams(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        return Main.commandLine(streams, Map.of()).execute(arguments);
    }
}
