package io.gleaner.content;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What was learned: {@code gleaner content train} writes it, and it is a resource of the program.
 *
 * @param words log odds of words
 * @param types one for each {@link PageType}, over the features of a page
 * @param first look at a block, over its features and the types of its page
 * @param second look, over these and what the first said of all blocks
 */
public record Model(Words words, List<Trees> types, Trees first, Trees second) {

    private static final int MAGIC = 0x474c434d;
    private static final String RESOURCE = "model.bin";

    public Model {
        types = List.copyOf(types);
    }

    /** How likely a page is of each type. */
    public static float[] types(List<Trees> trees, float[] page) {
        float[] types = new float[trees.size()];
        float sum = 0;
        for (int i = 0; i < types.length; i++) {
            types[i] = (float) (1 / (1 + Math.exp(-trees.get(i).score(page))));
            sum += types[i];
        }
        for (int i = 0; i < types.length; i++) {
            types[i] /= sum;
        }
        return types;
    }

    /** Words in the order of their hashes. */
    public static final class Words implements Lexicon {

        private final long[] hashes;
        private final float[] weights;
        private final LongTable table;

        Words(long[] hashes, float[] weights) {
            this.hashes = hashes;
            this.weights = weights;
            this.table = LongTable.of(hashes);
        }

        public static Words of(Map<Long, Float> words) {
            var sorted = new TreeMap<>(words);
            long[] hashes = new long[sorted.size()];
            float[] weights = new float[hashes.length];
            int i = 0;
            for (var word : sorted.entrySet()) {
                hashes[i] = word.getKey();
                weights[i++] = word.getValue();
            }
            return new Words(hashes, weights);
        }

        @Override
        public float weight(long word) {
            int at = table.place(word);
            return at < 0 ? 0 : weights[at];
        }
    }

    /** The one that the program has. */
    static Model shipped() {
        return Shipped.MODEL;
    }

    private static final class Shipped {
        static final Model MODEL = load();

        private static Model load() {
            try (InputStream in = Model.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("not on the class path: " + RESOURCE);
                }
                return read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static Model read(InputStream stream) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(stream)));
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no model of main content");
        }
        long[] hashes = new long[in.readInt()];
        float[] weights = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.readLong();
            weights[i] = in.readFloat();
        }
        List<Trees> types = new ArrayList<>();
        for (int i = 0; i < PageType.values().length; i++) {
            types.add(Trees.read(in));
        }
        return new Model(new Words(hashes, weights), types, Trees.read(in), Trees.read(in));
    }

    public void write(OutputStream stream) throws IOException {
        try (var out = new DataOutputStream(new GZIPOutputStream(stream))) {
            out.writeInt(MAGIC);
            out.writeInt(words.hashes.length);
            for (int i = 0; i < words.hashes.length; i++) {
                out.writeLong(words.hashes[i]);
                out.writeFloat(words.weights[i]);
            }
            for (Trees type : types) {
                type.write(out);
            }
            first.write(out);
            second.write(out);
        }
    }
}
