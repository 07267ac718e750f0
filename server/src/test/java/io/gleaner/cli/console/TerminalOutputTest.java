package io.gleaner.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a page says is shown, and never obeyed. */
final class TerminalOutputTest {

    private static String shown(byte[] bytes) {
        var terminal = new ByteArrayOutputStream();
        try (var out = new PrintStream(new TerminalOutput(terminal), true, UTF_8)) {
            out.writeBytes(bytes);
        }
        return terminal.toString(UTF_8);
    }

    private static String shown(String text) {
        return shown(text.getBytes(UTF_8));
    }

    @Example
    void whatATerminalObeysIsShown() {
        assertThat(shown("\u001b]0;owned\u0007a\u001b[2J\rb\u007f\bc\u0000"))
                .isEqualTo("^[]0;owned^Ga^[[2J^Mb^?^Hc^@");
        assertThat(shown("a\u009b2Jb\u0085c")).isEqualTo("a\ufffd2Jb\ufffdc");
    }

    @Example
    void whatPeopleReadStaysAsItIs() {
        String text = "Ä\t\u00a0§ été\n日本語 🎉 \u00c2\u00bf\n";
        assertThat(shown(text)).isEqualTo(text);
    }

    @Property
    void noControlCharacterGetsThrough(@ForAll String text) {
        assertThat(shown(text).replaceAll("[\n\t]", ""))
                .doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
    }

    /** A character may come in two writes. */
    @Property
    void whereWritesEndMakesNoDifference(@ForAll String text, @ForAll int anywhere)
            throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        int cut = Math.floorMod(anywhere, bytes.length + 1);
        var terminal = new ByteArrayOutputStream();
        try (var out = new TerminalOutput(terminal)) {
            out.write(bytes, 0, cut);
            out.write(bytes, cut, bytes.length - cut);
        }
        assertThat(terminal.toString(UTF_8)).isEqualTo(shown(bytes));
    }
}
