package io.gleaner.content;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Boosted regression trees: a sum of what each tree says of a row of features. Nodes of all trees
 * stand in the same arrays, each tree's in the order of a walk, so that the low branch of a node is
 * the next.
 */
public final class Trees {

    private static final int LEAF = -1;

    private final float base;
    private final int[] roots;
    private final short[] feature;
    private final int[] high;
    private final float[] value;

    /**
     * @param base log odds that all trees add to
     * @param roots first node of each tree
     * @param feature of each node; -1 for a leaf
     * @param high node to go to where the feature is over the value
     * @param value a threshold, or what a leaf adds
     */
    public Trees(float base, int[] roots, short[] feature, int[] high, float[] value) {
        this.base = base;
        this.roots = roots;
        this.feature = feature;
        this.high = high;
        this.value = value;
    }

    /** Log odds. */
    public float score(float[] row) {
        float sum = base;
        for (int root : roots) {
            int node = root;
            while (feature[node] != LEAF) {
                node = row[feature[node]] <= value[node] ? node + 1 : high[node];
            }
            sum += value[node];
        }
        return sum;
    }

    static Trees read(DataInput in) throws IOException {
        float base = in.readFloat();
        int[] roots = new int[in.readInt()];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = in.readInt();
        }
        int nodes = in.readInt();
        short[] feature = new short[nodes];
        int[] high = new int[nodes];
        float[] value = new float[nodes];
        for (int i = 0; i < nodes; i++) {
            feature[i] = in.readShort();
            if (feature[i] != LEAF) {
                high[i] = in.readInt();
            }
            value[i] = in.readFloat();
        }
        return new Trees(base, roots, feature, high, value);
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(base);
        out.writeInt(roots.length);
        for (int root : roots) {
            out.writeInt(root);
        }
        out.writeInt(feature.length);
        for (int i = 0; i < feature.length; i++) {
            out.writeShort(feature[i]);
            if (feature[i] != LEAF) {
                out.writeInt(high[i]);
            }
            out.writeFloat(value[i]);
        }
    }
}
