package io.gleaner.content;

import java.util.function.LongConsumer;

/** Words as 64-bit numbers (FNV-1a over their lower-case characters), without a string for each. */
public final class WordHash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** Sets words of names apart from words of text. */
    static final long OF_NAMES = 0x9e3779b97f4a7c15L;

    private WordHash() {}

    static long add(long hash, char c) {
        return (hash ^ c) * PRIME;
    }

    /** A character of a word in lower case. */
    static char lower(char c, byte kind) {
        return c < 128 ? (char) (kind == Letters.CAPITAL ? c | ' ' : c) : Character.toLowerCase(c);
    }

    /** Three words in a row. */
    static long triple(long one, long two, long three) {
        return (one * PRIME + two) * PRIME + three;
    }

    static long begin() {
        return BASIS;
    }

    public static long of(String word) {
        long hash = BASIS;
        for (int i = 0; i < word.length(); i++) {
            hash = add(hash, Character.toLowerCase(word.charAt(i)));
        }
        return hash;
    }

    /** A word of names. */
    public static long ofName(String word) {
        return of(word) ^ OF_NAMES;
    }

    /** Every word. */
    static void each(CharSequence text, LongConsumer words) {
        long word = BASIS;
        int length = text.length();
        for (int i = 0; i <= length; i++) {
            char c = i < length ? text.charAt(i) : ' ';
            byte kind = Letters.kind(c);
            if (Letters.inWord(kind)) {
                word = add(word, lower(c, kind));
            } else if (word != BASIS) {
                words.accept(word);
                word = BASIS;
            }
        }
    }

    /** Every three words in a row. */
    static void triples(CharSequence text, LongConsumer triples) {
        long one = 0;
        long two = 0;
        long word = BASIS;
        boolean inWord = false;
        int length = text.length();
        for (int i = 0; i <= length; i++) {
            char c = i < length ? text.charAt(i) : ' ';
            byte kind = Letters.kind(c);
            if (Letters.inWord(kind)) {
                word = add(word, lower(c, kind));
                inWord = true;
            } else if (inWord) {
                if (one != 0) {
                    triples.accept(triple(one, two, word));
                }
                one = two;
                two = word;
                word = BASIS;
                inWord = false;
            }
        }
    }

    /**
     * The words of a class, id or role: parted where letters end, and where a capital follows a
     * small letter; and each name as a whole.
     */
    static void ofNames(String names, LongConsumer words) {
        long word = BASIS;
        long name = BASIS;
        int parts = 0;
        boolean inWord = false;
        char before = ' ';
        for (int i = 0; i < names.length(); i++) {
            char c = names.charAt(i);
            boolean letter = Character.isLetter(c);
            boolean hump = Character.isUpperCase(c) && Character.isLowerCase(before);
            if (inWord && (!letter || hump)) {
                words.accept(word ^ OF_NAMES);
                parts++;
                word = BASIS;
                inWord = false;
            }
            if (letter) {
                word = add(word, Character.toLowerCase(c));
                inWord = true;
            }
            if (c <= ' ') {
                if (parts > 1) {
                    words.accept(name ^ OF_NAMES);
                }
                name = BASIS;
                parts = 0;
            } else if (!Character.isDigit(c)) {
                name = add(name, Character.toLowerCase(c));
            }
            before = c;
        }
        if (inWord) {
            words.accept(word ^ OF_NAMES);
            parts++;
        }
        if (parts > 1) {
            words.accept(name ^ OF_NAMES);
        }
    }
}
