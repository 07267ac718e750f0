package io.gleaner.perf.bench;

import java.util.SplittableRandom;

/** Pages of made-up words: as hard to compress as text is, not as a repeated line would be. */
final class PageText {

    private static final int POOL_CHARS = 1 << 20;
    private static final int LETTERS = 26;

    private final int chars;
    private final String pool;

    PageText(int chars) {
        this.chars = chars;
        this.pool = pool();
    }

    /** The text of page n: a piece of the pool that begins where its number says. */
    String of(long n) {
        int from = Math.floorMod(n * 4_099, POOL_CHARS - chars);
        return pool.substring(from, from + chars);
    }

    private static String pool() {
        var random = new SplittableRandom(1);
        String[] words = new String[4_096];
        for (int i = 0; i < words.length; i++) {
            var word = new StringBuilder();
            for (int letters = 2 + random.nextInt(8); letters > 0; letters--) {
                word.append((char) ('a' + random.nextInt(LETTERS)));
            }
            words[i] = word.toString();
        }
        var text = new StringBuilder(POOL_CHARS + 16);
        while (text.length() < POOL_CHARS) {
            // Squared: some words are far more frequent than others, as in a language.
            double place = random.nextDouble();
            text.append(words[(int) (place * place * words.length)]).append(' ');
        }
        return text.toString();
    }
}
