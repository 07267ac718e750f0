package io.gleaner.frontier;

import java.io.IOException;
import java.io.Reader;

/**
 * XML with every {@code &} that begins no reference written out as one: sitemaps are full of them,
 * and a parser would end at the first. What is in CDATA stays as it is.
 */
final class BareAmpersands extends Reader {

    private static final String CDATA = "<![CDATA[";
    private static final String CDATA_END = "]]>";
    private static final String WRITTEN_OUT = "amp;";

    /** More characters than any reference that matters to an address. */
    private static final int REFERENCE_MAX = 12;

    private final Reader in;
    private int matched;
    private boolean inCdata;
    private int pending;

    /**
     * @param in supports {@code mark}
     */
    BareAmpersands(Reader in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (pending > 0) {
            return WRITTEN_OUT.charAt(WRITTEN_OUT.length() - pending--);
        }
        int c = in.read();
        follow(c);
        if (c == '&' && !inCdata && !beginsReference()) {
            pending = WRITTEN_OUT.length();
        }
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int c = read();
            if (c < 0) {
                return count == 0 ? -1 : count;
            }
            buffer[offset + count++] = (char) c;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void follow(int c) {
        String awaited = inCdata ? CDATA_END : CDATA;
        if (c == awaited.charAt(matched)) {
            matched++;
        } else if (!(inCdata && c == ']' && matched == 2)) { // "]]]>" ends it as well
            matched = c == awaited.charAt(0) ? 1 : 0;
        }
        if (matched == awaited.length()) {
            inCdata = !inCdata;
            matched = 0;
        }
    }

    private boolean beginsReference() throws IOException {
        in.mark(REFERENCE_MAX);
        boolean found = false;
        boolean some = false;
        for (int i = 0; i < REFERENCE_MAX; i++) {
            int c = in.read();
            if (c == ';') {
                found = some;
                break;
            }
            if (!(isAlphanumeric(c) || (c == '#' && i == 0))) {
                break;
            }
            some = true;
        }
        in.reset();
        return found;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
