package io.gleaner.content;

/**
 * Numbers, each with a place, counted from 0 as they come: an open table at most half full. To find
 * that a number is not there costs one look at memory as a rule.
 */
final class LongTable {

    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final int BITS_MIN = 4;

    /** Stands where no number does; 0 itself is kept as another. */
    private static final long EMPTY = 0;

    private static final long ZERO = 0x2545f4914f6cdd1dL;

    private long[] keys;
    private int[] places;
    private int shift;
    private int size;

    LongTable() {
        this(BITS_MIN);
    }

    private LongTable(int bits) {
        keys = new long[1 << bits];
        places = new int[keys.length];
        shift = Long.SIZE - bits;
    }

    /** Of numbers whose places are those of the array, if each is there once. */
    static LongTable of(long[] numbers) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * numbers.length);
        var table = new LongTable(Math.max(BITS_MIN, bits));
        for (long number : numbers) {
            table.add(number);
        }
        return table;
    }

    int size() {
        return size;
    }

    /** Where the number is; -1 if it is not there. */
    int place(long number) {
        int at = slot(key(number));
        return keys[at] == EMPTY ? -1 : places[at];
    }

    boolean has(long number) {
        return place(number) >= 0;
    }

    /** Where the number is now. */
    int add(long number) {
        long key = key(number);
        int at = slot(key);
        if (keys[at] == EMPTY) {
            if (2 * (size + 1) > keys.length) {
                grow();
                at = slot(key);
            }
            keys[at] = key;
            places[at] = size++;
        }
        return places[at];
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new int[keys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                places[at] = oldPlaces[i];
            }
        }
    }

    private static long key(long number) {
        return number == EMPTY ? ZERO : number;
    }

    private int slot(long key) {
        int at = (int) ((key * SPREAD) >>> shift);
        while (keys[at] != EMPTY && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }
}
