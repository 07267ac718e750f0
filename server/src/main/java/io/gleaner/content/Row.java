package io.gleaner.content;

import java.util.Arrays;

/** Features of one block, one after the other, always in the same order. */
public final class Row {

    public Row() {}

    private float[] values = new float[192];
    private int size;

    public void clear() {
        size = 0;
    }

    /** Keeps so many of its features. */
    void truncate(int kept) {
        size = kept;
    }

    void addAll(float[] more) {
        if (size + more.length > values.length) {
            values = Arrays.copyOf(values, (size + more.length) * 2);
        }
        System.arraycopy(more, 0, values, size, more.length);
        size += more.length;
    }

    public int size() {
        return size;
    }

    /**
     * Adds a feature.
     *
     * @param name of it, for whoever reads the code
     */
    void add(String name, double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = (float) value;
    }

    void flag(String name, boolean value) {
        add(name, value ? 1 : 0);
    }

    public float[] values() {
        return values;
    }

    public float[] copy() {
        return Arrays.copyOf(values, size);
    }
}
