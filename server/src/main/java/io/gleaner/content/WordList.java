package io.gleaner.content;

import java.util.Arrays;

/** The first words of every block, as numbers, one block after the other. */
final class WordList {

    private long[] words = new long[256];
    private int size;

    int size() {
        return size;
    }

    void add(long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word;
    }

    long get(int i) {
        return words[i];
    }
}
