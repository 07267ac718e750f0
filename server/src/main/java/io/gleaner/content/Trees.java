package io.gleaner.content;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Boosted regression trees: a sum of what each tree says of a row of features. All nodes of one
 * level of a tree ask the same question, so that a tree is a table: the answers are the bits of the
 * place of its value, and no branch depends on them.
 */
public final class Trees {

    private final float base;
    private final int depth;
    private final short[] features;
    private final float[] thresholds;
    private final float[] values;

    /**
     * @param base log odds that all trees add to
     * @param depth questions of each tree
     * @param features one for each question: whether that feature is over the threshold
     * @param values of each tree 2 to the power of its depth; the answer to the first question is
     *     the lowest bit of their index
     */
    public Trees(float base, int depth, short[] features, float[] thresholds, float[] values) {
        this.base = base;
        this.depth = depth;
        this.features = features.clone();
        this.thresholds = thresholds.clone();
        this.values = values.clone();
    }

    /** Log odds. */
    public float score(float[] row) {
        float sum = base;
        int question = 0;
        for (int tree = 0; tree < values.length; tree += (1 << depth)) {
            int place = 0;
            for (int level = 0; level < depth; level++) {
                place |= (row[features[question]] > thresholds[question] ? 1 : 0) << level;
                question++;
            }
            sum += values[tree + place];
        }
        return sum;
    }

    static Trees read(DataInput in) throws IOException {
        float base = in.readFloat();
        int depth = in.readUnsignedByte();
        short[] features = new short[in.readInt() * depth];
        float[] thresholds = new float[features.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = in.readShort();
            thresholds[i] = in.readFloat();
        }
        float[] values = new float[(features.length / depth) << depth];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return new Trees(base, depth, features, thresholds, values);
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(base);
        out.writeByte(depth);
        out.writeInt(features.length / depth);
        for (int i = 0; i < features.length; i++) {
            out.writeShort(features[i]);
            out.writeFloat(thresholds[i]);
        }
        for (float value : values) {
            out.writeFloat(value);
        }
    }
}
