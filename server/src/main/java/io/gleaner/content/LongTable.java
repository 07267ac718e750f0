package io.gleaner.content;

import java.util.Arrays;

/** Hashes, each with a place of its own: an open table at most half full. */
final class LongTable {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final long[] keys;
    private final int[] places;
    private final int shift;

    /**
     * @param hashes each once
     */
    LongTable(long[] hashes) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, 2L * hashes.length - 1));
        keys = new long[1 << bits];
        places = new int[keys.length];
        shift = 64 - bits;
        Arrays.fill(places, -1);
        for (int i = 0; i < hashes.length; i++) {
            int at = slot(hashes[i]);
            keys[at] = hashes[i];
            places[at] = i;
        }
    }

    /** Where the hash stood in the array; -1 if it did not. */
    int place(long hash) {
        return places[slot(hash)];
    }

    boolean has(long hash) {
        return place(hash) >= 0;
    }

    private int slot(long hash) {
        int at = shift == 64 ? 0 : (int) ((hash * SPREAD) >>> shift);
        while (places[at] >= 0 && keys[at] != hash) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }
}
