package io.gleaner.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * What tells one content from another, whatever its markup: for whoever stores texts and wants each
 * once, or wants to know whether a page has changed. Read in one walk, without a copy of the text.
 */
final class Fingerprint implements TreeWalk.Visitor {

    /** So many characters are read at a time. */
    private static final int PART = 512;

    /** 1 for each character of ASCII that is one of a word. */
    private static final byte[] LETTERS = new byte[128];

    static {
        for (int c = 0; c < LETTERS.length; c++) {
            LETTERS[c] = (byte) (Character.isLetterOrDigit(c) ? 1 : 0);
        }
    }

    private final MessageDigest digest;
    private final char[] part = new char[PART];
    private final byte[] buffer = new byte[4 * PART];
    private int buffered;
    private int words;
    private boolean inWord;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Fingerprint of(List<Element> roots, Effort effort) {
        var print = new Fingerprint();
        for (var root : roots) {
            TreeWalk.over(root, effort, print);
        }
        print.flush();
        return print;
    }

    /** Runs of letters and digits; each ideograph is one. */
    int words() {
        return words;
    }

    /** SHA-256 of the words in NFC, a blank before each, hexadecimal. To be asked for once. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public boolean enter(Element element) {
        var role = Role.of(element);
        if (role.isBlock() || role == Role.LINE_BREAK) {
            inWord = false;
        }
        return !Visibility.hides(element, role);
    }

    @Override
    public void leave(Element element) {
        if (Role.of(element).isBlock()) {
            inWord = false;
        }
    }

    @Override
    public void text(TextNode node) {
        String text = node.getWholeText();
        int plain = plain(text);
        if (plain < text.length() && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
            plain = 0;
        }
        for (int from = 0; from < plain; from += PART) {
            plain(text, from, Math.min(plain, from + PART));
        }
        rest(text, plain);
    }

    /** The part of a text that is ASCII, which most is: a byte for each letter and each blank. */
    private void plain(String text, int from, int until) {
        if (buffered > buffer.length - 2 * PART) {
            flush();
        }
        text.getChars(from, until, part, 0);
        int to = buffered;
        int before = inWord ? 1 : 0;
        // Written first and counted then: words are too short for branches.
        for (int i = 0; i < until - from; i++) {
            int letter = LETTERS[part[i]];
            int starts = letter & ~before;
            buffer[to] = ' ';
            to += starts;
            words += starts;
            buffer[to] = (byte) part[i];
            to += letter;
            before = letter;
        }
        buffered = to;
        inWord = before != 0;
    }

    /** So many characters of ASCII it begins with; all that has no other is normalised. */
    private static int plain(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 128) {
            i++;
        }
        return i;
    }

    private void rest(String text, int from) {
        for (int i = from; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            if (letter) {
                if (!inWord || Character.isIdeographic(c)) {
                    begin();
                }
                write(c);
            }
            inWord = letter && !Character.isIdeographic(c);
            i += Character.charCount(c);
        }
    }

    private void begin() {
        words++;
        write((byte) ' ');
    }

    private void write(int codePoint) {
        if (codePoint < 128) {
            write((byte) codePoint);
        } else {
            for (byte b : Character.toString(codePoint).getBytes(UTF_8)) {
                write(b);
            }
        }
    }

    private void write(byte b) {
        if (buffered == buffer.length) {
            flush();
        }
        buffer[buffered++] = b;
    }

    private void flush() {
        digest.update(buffer, 0, buffered);
        buffered = 0;
    }
}
