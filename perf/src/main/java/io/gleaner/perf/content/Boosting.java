package io.gleaner.perf.content;

import io.gleaner.content.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Gradient boosting of regression trees for a share between 0 and 1 (logistic loss), over features
 * that are parted into at most 64 bins. Trees grow leaf by leaf, the best split first.
 *
 * @param trees how many
 * @param leaves of each at most
 * @param rate by which each tree is believed
 * @param weightMin of the rows of a leaf, in sums of second derivatives
 * @param lambda pulls the values of leaves towards 0
 * @param featureShare of the features are tried for each tree
 * @param rowShare of the groups of rows for each tree
 * @param seed of both draws
 */
record Boosting(
        int trees,
        int leaves,
        double rate,
        double weightMin,
        double lambda,
        double featureShare,
        double rowShare,
        long seed) {

    private static final int BINS = 64;

    /** Rows column by column, and what is to be learned of each. */
    record Table(List<float[]> rows, float[] labels, float[] weights, int[] groups) {}

    /** One tree: node 0 is its root; a leaf has feature -1. */
    private record Tree(int[] feature, float[] threshold, int[] low, int[] high, float[] value) {

        double of(float[] row) {
            int node = 0;
            while (feature[node] >= 0) {
                node = row[feature[node]] <= threshold[node] ? low[node] : high[node];
            }
            return value[node];
        }
    }

    /** All nodes in the order of a walk. */
    private static final class Walk {
        final List<Short> feature = new ArrayList<>();
        final List<Integer> high = new ArrayList<>();
        final List<Float> value = new ArrayList<>();

        void add(Tree tree, int node) {
            int at = feature.size();
            boolean leaf = tree.feature[node] < 0;
            feature.add((short) tree.feature[node]);
            high.add(0);
            value.add(leaf ? tree.value[node] : tree.threshold[node]);
            if (!leaf) {
                add(tree, tree.low[node]);
                high.set(at, feature.size());
                add(tree, tree.high[node]);
            }
        }
    }

    private static Trees flat(double base, List<Tree> trees) {
        var walk = new Walk();
        int[] roots = new int[trees.size()];
        for (int t = 0; t < roots.length; t++) {
            roots[t] = walk.feature.size();
            walk.add(trees.get(t), 0);
        }
        int nodes = walk.feature.size();
        short[] feature = new short[nodes];
        int[] high = new int[nodes];
        float[] value = new float[nodes];
        for (int i = 0; i < nodes; i++) {
            feature[i] = walk.feature.get(i);
            high[i] = walk.high.get(i);
            value[i] = walk.value.get(i);
        }
        return new Trees((float) base, roots, feature, high, value);
    }

    private static final class Leaf {
        final int node;
        final int[] rows;
        final double[][] histogram;
        double gradient;
        double hessian;
        double gain;
        int feature;
        int bin;

        Leaf(int node, int[] rows, double[][] histogram) {
            this.node = node;
            this.rows = rows;
            this.histogram = histogram;
        }
    }

    /** Log odds of a row, once it is fitted. */
    Trees fit(Table table) {
        int features = table.rows().getFirst().length;
        int count = table.rows().size();
        float[][] edges = edges(table.rows(), features);
        byte[][] bins = new byte[features][count];
        IntStream.range(0, features)
                .parallel()
                .forEach(
                        f -> {
                            for (int r = 0; r < count; r++) {
                                bins[f][r] = (byte) bin(edges[f], table.rows().get(r)[f]);
                            }
                        });
        double sum = 0;
        double all = 0;
        for (int r = 0; r < count; r++) {
            sum += table.weights()[r] * table.labels()[r];
            all += table.weights()[r];
        }
        double base = Math.log(sum / (all - sum));
        double[] score = new double[count];
        Arrays.fill(score, base);
        float[] g = new float[count];
        float[] h = new float[count];
        var random = new Random(seed);
        int groups = Arrays.stream(table.groups()).max().orElse(0) + 1;
        var result = new ArrayList<Tree>();
        for (int t = 0; t < trees; t++) {
            boolean[] in = new boolean[groups];
            for (int i = 0; i < groups; i++) {
                in[i] = random.nextDouble() < rowShare;
            }
            int[] rows = IntStream.range(0, count).filter(r -> in[table.groups()[r]]).toArray();
            for (int r = 0; r < count; r++) {
                double p = 1 / (1 + Math.exp(-score[r]));
                g[r] = (float) (table.weights()[r] * (table.labels()[r] - p));
                h[r] = (float) (table.weights()[r] * Math.max(1e-6, p * (1 - p)));
            }
            int[] tried =
                    IntStream.range(0, features)
                            .filter(f -> random.nextDouble() < featureShare)
                            .toArray();
            Tree tree = grow(bins, edges, rows, g, h, tried);
            result.add(tree);
            IntStream.range(0, count)
                    .parallel()
                    .forEach(r -> score[r] += tree.of(table.rows().get(r)));
        }
        return flat(base, result);
    }

    private static float[][] edges(List<float[]> rows, int features) {
        float[][] edges = new float[features][];
        int step = Math.max(1, rows.size() / 50_000);
        IntStream.range(0, features)
                .parallel()
                .forEach(
                        f -> {
                            float[] sample = new float[(rows.size() + step - 1) / step];
                            for (int i = 0; i < sample.length; i++) {
                                sample[i] = rows.get(i * step)[f];
                            }
                            Arrays.sort(sample);
                            var distinct = new ArrayList<Float>();
                            for (int b = 1; b < BINS; b++) {
                                float edge = sample[(int) ((long) b * (sample.length - 1) / BINS)];
                                if (distinct.isEmpty() || edge > distinct.getLast()) {
                                    distinct.add(edge);
                                }
                            }
                            edges[f] = new float[distinct.size()];
                            for (int i = 0; i < edges[f].length; i++) {
                                edges[f][i] = distinct.get(i);
                            }
                        });
        return edges;
    }

    /** The first edge that is not below the value. */
    private static int bin(float[] edges, float value) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (value <= edges[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Tree grow(
            byte[][] bins, float[][] edges, int[] rows, float[] g, float[] h, int[] tried) {
        int nodes = 2 * leaves;
        int[] feature = new int[nodes];
        Arrays.fill(feature, -1);
        float[] threshold = new float[nodes];
        int[] low = new int[nodes];
        int[] high = new int[nodes];
        float[] value = new float[nodes];
        int used = 1;
        var queue = new PriorityQueue<Leaf>((a, b) -> Double.compare(b.gain, a.gain));
        Leaf root = new Leaf(0, rows, histogram(bins, rows, g, h, tried));
        total(root, tried);
        best(root, edges, tried);
        value[0] = value(root);
        queue.add(root);
        int made = 1;
        while (made < leaves && !queue.isEmpty()) {
            Leaf leaf = queue.poll();
            if (!(leaf.gain > 1e-9)) {
                break;
            }
            byte[] column = bins[leaf.feature];
            int[] below = Arrays.stream(leaf.rows).filter(r -> column[r] <= leaf.bin).toArray();
            int[] above = Arrays.stream(leaf.rows).filter(r -> column[r] > leaf.bin).toArray();
            boolean fewBelow = below.length < above.length;
            double[][] few = histogram(bins, fewBelow ? below : above, g, h, tried);
            double[][] many = difference(leaf.histogram, few, tried);
            Leaf one = new Leaf(used++, below, fewBelow ? few : many);
            Leaf two = new Leaf(used++, above, fewBelow ? many : few);
            feature[leaf.node] = leaf.feature;
            threshold[leaf.node] = edges[leaf.feature][leaf.bin];
            low[leaf.node] = one.node;
            high[leaf.node] = two.node;
            for (Leaf child : List.of(one, two)) {
                total(child, tried);
                best(child, edges, tried);
                value[child.node] = value(child);
                queue.add(child);
            }
            made++;
        }
        return new Tree(
                Arrays.copyOf(feature, used),
                Arrays.copyOf(threshold, used),
                Arrays.copyOf(low, used),
                Arrays.copyOf(high, used),
                Arrays.copyOf(value, used));
    }

    private static double[][] histogram(
            byte[][] bins, int[] rows, float[] g, float[] h, int[] tried) {
        double[][] histogram = new double[bins.length][0];
        IntStream.range(0, tried.length)
                .parallel()
                .forEach(
                        i -> {
                            byte[] column = bins[tried[i]];
                            double[] sums = new double[2 * BINS];
                            for (int r : rows) {
                                int b = 2 * column[r];
                                sums[b] += g[r];
                                sums[b + 1] += h[r];
                            }
                            histogram[tried[i]] = sums;
                        });
        return histogram;
    }

    /** What is left of a whole without a part. */
    private static double[][] difference(double[][] whole, double[][] part, int[] tried) {
        double[][] rest = new double[whole.length][0];
        for (int f : tried) {
            double[] sums = new double[2 * BINS];
            for (int b = 0; b < sums.length; b++) {
                sums[b] = whole[f][b] - part[f][b];
            }
            rest[f] = sums;
        }
        return rest;
    }

    private static void total(Leaf leaf, int[] tried) {
        double[] sums = leaf.histogram[tried[0]];
        for (int b = 0; b < BINS; b++) {
            leaf.gradient += sums[2 * b];
            leaf.hessian += sums[2 * b + 1];
        }
    }

    private void best(Leaf leaf, float[][] edges, int[] tried) {
        double whole = leaf.gradient * leaf.gradient / (leaf.hessian + lambda);
        for (int f : tried) {
            double[] sums = leaf.histogram[f];
            double gl = 0;
            double hl = 0;
            for (int b = 0; b < edges[f].length; b++) {
                gl += sums[2 * b];
                hl += sums[2 * b + 1];
                double gr = leaf.gradient - gl;
                double hr = leaf.hessian - hl;
                if (hl < weightMin || hr < weightMin) {
                    continue;
                }
                double gain = gl * gl / (hl + lambda) + gr * gr / (hr + lambda) - whole;
                if (gain > leaf.gain) {
                    leaf.gain = gain;
                    leaf.feature = f;
                    leaf.bin = b;
                }
            }
        }
    }

    private float value(Leaf leaf) {
        return (float) (rate * leaf.gradient / (leaf.hessian + lambda));
    }
}
