package io.gleaner.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/** What the head of an answer says about its body and its connection. */
record ReplyHead(int status, Framing framing, boolean keepAlive) {

    private static final int STATUS_AT = 9;

    /** Where the body ends. */
    sealed interface Framing {
        record None() implements Framing {}

        record Length(int bytes) implements Framing {}

        record Chunks() implements Framing {}

        record UntilClose() implements Framing {}
    }

    /** Reads the bytes before {@code end}, which end with an empty line. */
    static ReplyHead of(byte[] bytes, int end) throws IOException {
        if (end < STATUS_AT + 3 || bytes[0] != 'H' || bytes[4] != '/') {
            throw new IOException("not an HTTP answer");
        }
        int status = number(bytes, STATUS_AT, STATUS_AT + 3);
        Framing framing = new Framing.UntilClose();
        boolean keepAlive = true;
        for (int line = nextLine(bytes, 0); line < end - 2; line = nextLine(bytes, line)) {
            if (isNamed(bytes, line, "content-length:")) {
                int from = line + "content-length:".length();
                framing = new Framing.Length(number(bytes, from, nextLine(bytes, from) - 2));
            } else if (isNamed(bytes, line, "transfer-encoding:")) {
                framing = new Framing.Chunks();
            } else if (isNamed(bytes, line, "connection:")) {
                String value =
                        new String(bytes, line, nextLine(bytes, line) - line, ISO_8859_1).strip();
                keepAlive = !value.regionMatches(true, value.length() - 5, "close", 0, 5);
            }
        }
        if (status < 200 || status == 204 || status == 304) {
            framing = new Framing.None();
        }
        return new ReplyHead(
                status, framing, keepAlive && !(framing instanceof Framing.UntilClose));
    }

    private static int nextLine(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private static boolean isNamed(byte[] bytes, int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            byte b = bytes[from + i];
            char letter = (char) (b >= 'A' && b <= 'Z' ? b + 32 : b);
            if (letter != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] bytes, int from, int to) throws IOException {
        try {
            return Integer.parseInt(new String(bytes, from, to - from, ISO_8859_1).strip());
        } catch (NumberFormatException e) {
            throw new IOException("a number is expected in an answer's head", e);
        }
    }
}
