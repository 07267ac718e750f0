package io.gleaner.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.write.Escape;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;

/**
 * What tells one text from another, whatever its markup: for whoever stores texts and wants each
 * once, or wants to know whether a page has changed.
 *
 * @param words runs of letters and digits; each ideograph is one
 * @param hash SHA-256 of the text in NFC with single blanks, hexadecimal
 */
record Fingerprint(int words, String hash) {

    static Fingerprint of(String text) {
        String line = Escape.oneLine(text);
        return new Fingerprint(words(line), hash(Normalizer.normalize(line, Normalizer.Form.NFC)));
    }

    private static int words(String line) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            boolean letter = Character.isLetterOrDigit(c);
            if (letter && Character.isIdeographic(c)) {
                words++;
                inWord = false;
            } else {
                words += letter && !inWord ? 1 : 0;
                inWord = letter;
            }
            i += Character.charCount(c);
        }
        return words;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
