package io.gleaner.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private final List<String> writes = new ArrayList<>();
    private final Streams streams = new Streams(recording(false), recording(true), false);

    @Test
    void eachLineIsOneWriteSoThatNoOtherLandsInItsMidst() {
        String end = System.lineSeparator();
        String umlauts = "ü".repeat(10_000); // More than a stream buffers.
        streams.announce("gleaner is ready: http://127.0.0.1:8080");
        streams.say(umlauts);
        streams.complain("gleaner serve", "no");
        assertThat(writes)
                .containsExactly(
                        "gleaner is ready: http://127.0.0.1:8080" + end,
                        "gleaner: " + umlauts + end,
                        "gleaner serve: no" + end);
    }

    private PrintStream recording(boolean autoFlush) {
        var out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        writes.add(String.valueOf((char) b));
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        writes.add(new String(bytes, from, length, UTF_8));
                    }
                };
        return new PrintStream(out, autoFlush, UTF_8);
    }
}
