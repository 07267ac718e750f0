package io.gleaner.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a document takes while it is parsed, told from its bytes before anything is built: its text,
 * and for each {@code <} an element or its end, with a piece of text after it.
 */
final class TreeSize {

    /** The decoded text and what is written of it, two bytes a character each. */
    private static final int TEXT_FACTOR = 4;

    /** {@code TreeSizeTest} holds it against what a parse leaves on the heap. */
    private static final int TAG_BYTES = 96;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long TAG_STARTS = '<' * 0x0101010101010101L;

    private TreeSize() {}

    /** Heap bytes, roughly and rather too many. */
    static long bytes(byte[] document) {
        return (long) TEXT_FACTOR * document.length + TAG_BYTES * tags(document);
    }

    /** Eight bytes at a time (Warren, Hacker's Delight, 6-1): it looks at every byte fetched. */
    private static long tags(byte[] document) {
        long tags = 0;
        int i = 0;
        for (; i <= document.length - Long.BYTES; i += Long.BYTES) {
            long zeroWhereTag = (long) EIGHT_BYTES.get(document, i) ^ TAG_STARTS;
            long highBitUnlessZero = ((zeroWhereTag & LOW_BITS) + LOW_BITS) | zeroWhereTag;
            tags += Long.bitCount(~(highBitUnlessZero | LOW_BITS));
        }
        for (; i < document.length; i++) {
            tags += document[i] == '<' ? 1 : 0;
        }
        return tags;
    }
}
