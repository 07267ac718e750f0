package io.gleaner.worker;

/**
 * What a document takes while it is parsed, told from its bytes before anything is built: its text,
 * and for each {@code <} an element or its end, with a piece of text after it.
 */
final class TreeSize {

    /** The decoded text and what is written of it, two bytes a character each. */
    private static final int TEXT_FACTOR = 4;

    /** {@code TreeSizeTest} holds it against what a parse leaves on the heap. */
    private static final int TAG_BYTES = 96;

    private TreeSize() {}

    /** Heap bytes, roughly and rather too many. */
    static long bytes(byte[] document) {
        long tags = 0;
        for (byte b : document) {
            tags += b == '<' ? 1 : 0;
        }
        return (long) TEXT_FACTOR * document.length + TAG_BYTES * tags;
    }
}
