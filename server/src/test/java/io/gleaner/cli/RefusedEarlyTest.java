package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.app.StartException;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said before a database is made for it. */
final class RefusedEarlyTest {

    @TempDir private Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crawl|http://a.example/|--include|(",
                "crawl|http://a.example/|--include-tags|a[",
                "crawl|http://a.example/|--header|Host: b.example",
                "scrape|http://a.example/|--exclude-tags|a[",
                "scrape|http://a.example/|--header|Content-Length: 5",
                "scrape|http://a.example:99999/",
            })
    void anOrderThatCannotBeCarriedOut(String words) {
        var arguments = new ArrayList<>(List.of(words.split("\\|", -1)));
        arguments.addAll(List.of("--data", dir.resolve("data").toString()));
        if (arguments.getFirst().equals("crawl")) {
            arguments.addAll(List.of("--out", dir.resolve("out").toString()));
        }
        var err = new ByteArrayOutputStream();
        var streams = new Streams(System.out, new PrintStream(err, true, UTF_8), false);
        int exitCode =
                Main.commandLine(streams, Map.of()).execute(arguments.toArray(String[]::new));
        assertThat(exitCode).as(err.toString(UTF_8)).isEqualTo(ExitCodes.USAGE);
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void anAddressThatCannotBeListenedOn() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(draft -> draft.port = taken.getLocalPort(), "cannot listen on");
            refused(draft -> draft.healthPort = taken.getLocalPort(), "cannot listen on");
        }
        refused(draft -> draft.host = "no.such.host.invalid", "no address of this machine");
        refused(draft -> draft.host = "0.0.0.0", "there are no access keys");
        refused(draft -> draft.allowCidrs = List.of("10.0.0.0/99"), "prefix length of 10.0.0.0");
    }

    private void refused(Consumer<Settings.Draft> change, String why) {
        Settings settings =
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.data = dir.resolve("data");
                                    draft.port = 0;
                                    change.accept(draft);
                                });
        assertThatThrownBy(() -> Gleaner.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(why);
        assertThat(dir).isEmptyDirectory();
    }
}
