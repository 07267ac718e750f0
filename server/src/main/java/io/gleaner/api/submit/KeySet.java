package io.gleaner.api.submit;

import java.util.UUID;

/**
 * The keys of a submission's URLs, at 32 bytes each at most: a million fit where a {@code
 * HashSet<UUID>} would take a hundred megabytes. Open addressing with linear probing, half full at
 * most. The keys are hashes already, so their low bits choose the place.
 */
final class KeySet {

    private static final int CAPACITY_START = 64;

    private long[] halves = new long[2 * CAPACITY_START];
    private int size;

    /** Adds a key; false when it was there. */
    boolean add(UUID key) {
        // The nil UUID marks a free place; it takes a neighbour's name, one hash in 2^128.
        long high = key.getMostSignificantBits();
        long low = key.getLeastSignificantBits();
        if (!put(halves, high, high == 0 && low == 0 ? 1 : low)) {
            return false;
        }
        size++;
        if (4 * size > halves.length) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[2 * halves.length];
        for (int i = 0; i < halves.length; i += 2) {
            if (halves[i] != 0 || halves[i + 1] != 0) {
                put(larger, halves[i], halves[i + 1]);
            }
        }
        halves = larger;
    }

    private static boolean put(long[] table, long high, long low) {
        int mask = table.length / 2 - 1;
        int place = (int) low & mask;
        while (table[2 * place] != 0 || table[2 * place + 1] != 0) {
            if (table[2 * place] == high && table[2 * place + 1] == low) {
                return false;
            }
            place = (place + 1) & mask;
        }
        table[2 * place] = high;
        table[2 * place + 1] = low;
        return true;
    }
}
