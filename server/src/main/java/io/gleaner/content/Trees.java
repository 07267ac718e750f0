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

    private static final int HIGH_BITS = 22;
    private static final int HIGH_MASK = (1 << HIGH_BITS) - 1;

    private final float base;
    private final int[] roots;

    /**
     * Two numbers for each node, so that both are in one line of the cache: the feature and one
     * more, with the high branch in the lower bits; and the bits of its value.
     */
    private final int[] nodes;

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
        this.nodes = new int[2 * feature.length];
        for (int i = 0; i < feature.length; i++) {
            nodes[2 * i] = (feature[i] + 1) << HIGH_BITS | high[i];
            nodes[2 * i + 1] = Float.floatToRawIntBits(value[i]);
        }
    }

    /** Log odds. */
    public float score(float[] row) {
        float sum = base;
        for (int root : roots) {
            int node = root;
            int code = nodes[2 * node];
            while (code >>> HIGH_BITS != 0) {
                float value = Float.intBitsToFloat(nodes[2 * node + 1]);
                node = row[(code >>> HIGH_BITS) - 1] <= value ? node + 1 : code & HIGH_MASK;
                code = nodes[2 * node];
            }
            sum += Float.intBitsToFloat(nodes[2 * node + 1]);
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
        out.writeInt(nodes.length / 2);
        for (int i = 0; i < nodes.length; i += 2) {
            int feature = (nodes[i] >>> HIGH_BITS) - 1;
            out.writeShort(feature);
            if (feature != LEAF) {
                out.writeInt(nodes[i] & HIGH_MASK);
            }
            out.writeFloat(Float.intBitsToFloat(nodes[i + 1]));
        }
    }
}
