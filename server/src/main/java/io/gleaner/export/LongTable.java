package io.gleaner.export;

/**
 * Numbers by numbers, both hashes, at 16 bytes each over two thirds: a map of objects would take
 * five times as much for every page of a job.
 */
final class LongTable {

    private static final int CAPACITY_FIRST = 64;

    private long[] keys = new long[CAPACITY_FIRST];
    private long[] values = new long[CAPACITY_FIRST];
    private boolean zeroKnown;
    private long zeroValue;
    private int size;

    /** Puts a value where there is none; answers the value that is there then. */
    long putIfAbsent(long key, long value) {
        if (key == 0) {
            zeroValue = zeroKnown ? zeroValue : value;
            zeroKnown = true;
            return zeroValue;
        }
        if (3L * (size + 1) > 2L * keys.length) {
            grow();
        }
        int at = place(keys, key);
        if (keys[at] == 0) {
            keys[at] = key;
            values[at] = value;
            size++;
        }
        return values[at];
    }

    boolean contains(long key) {
        return key == 0 ? zeroKnown : keys[place(keys, key)] == key;
    }

    /** Where a key is, or would be. Keys are hashes, so their low bits are as good as any. */
    private static int place(long[] keys, long key) {
        int at = (int) key & (keys.length - 1);
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] newKeys = new long[Math.multiplyExact(keys.length, 2)];
        long[] newValues = new long[newKeys.length];
        for (int old = 0; old < keys.length; old++) {
            if (keys[old] != 0) {
                int at = place(newKeys, keys[old]);
                newKeys[at] = keys[old];
                newValues[at] = values[old];
            }
        }
        keys = newKeys;
        values = newValues;
    }
}
