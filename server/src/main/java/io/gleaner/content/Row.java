package io.gleaner.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features of one block, one after the other, always in the same order. */
public final class Row {

    public Row() {}

    private float[] values = new float[192];
    private int size;
    private @Nullable List<String> names;

    /** One that also notes what its features are called. */
    public static Row naming() {
        var row = new Row();
        row.names = new ArrayList<>();
        return row;
    }

    public void clear() {
        size = 0;
    }

    public void set(float[] row) {
        System.arraycopy(row, 0, values, 0, row.length);
        size = row.length;
    }

    public int size() {
        return size;
    }

    public List<String> names() {
        return names == null ? List.of() : names;
    }

    void add(String name, double value) {
        if (names != null) {
            names.add(name);
        }
        if (size == values.length) {
            values = java.util.Arrays.copyOf(values, size * 2);
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
        return java.util.Arrays.copyOf(values, size);
    }
}
