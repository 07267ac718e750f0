package io.gleaner.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * UTF-8 for a terminal, without what a terminal obeys: pages and hosts say what they like, and
 * control characters (ECMA-48: C0 but tab and newline, DEL, C1) move the cursor, set the title or
 * the clipboard, or hide what was written. They are shown as {@code ^[} and the like, and those of
 * C1 as U+FFFD.
 */
final class TerminalOutput extends FilterOutputStream {

    private static final int C1_LEAD = 0xc2;
    private static final int C1_END = 0xa0;
    private static final int DELETE = 0x7f;
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    /** Whether the last byte may begin a character of C1, and is not written yet. */
    private boolean held;

    TerminalOutput(OutputStream terminal) {
        super(terminal);
    }

    @Override
    public synchronized void write(int value) throws IOException {
        int b = value & 0xff;
        if (held) {
            held = false;
            if (b >= 0x80 && b < C1_END) {
                out.write(REPLACEMENT);
                return;
            }
            out.write(C1_LEAD);
        }
        if (b == C1_LEAD) {
            held = true;
        } else if (b == DELETE || (b < ' ' && b != '\n' && b != '\t')) {
            out.write('^');
            out.write(b ^ 0x40);
        } else {
            out.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        // In one write, as it came: other processes may share the terminal.
        var safe = new java.io.ByteArrayOutputStream(length + 16);
        OutputStream terminal = out;
        out = safe;
        try {
            for (int i = from; i < from + length; i++) {
                write(bytes[i]);
            }
        } finally {
            out = terminal;
        }
        safe.writeTo(terminal);
    }
}
