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

    private final MessageDigest digest;
    private final byte[] buffer = new byte[4096];
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
        print.digest.update(print.buffer, 0, print.buffered);
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
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            if (letter && (!inWord || Character.isIdeographic(c))) {
                words++;
                write((byte) ' ');
            }
            if (letter) {
                write(c);
            }
            inWord = letter && !Character.isIdeographic(c);
            i += Character.charCount(c);
        }
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
            digest.update(buffer);
            buffered = 0;
        }
        buffer[buffered++] = b;
    }
}
