package io.gleaner.perf.content;

import io.gleaner.content.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Gradient boosting of regression trees for a share between 0 and 1 (logistic loss), over features
 * that are parted into at most 64 bins. All nodes of one level of a tree ask the same question, the
 * one that gains most in their sum: such trees are fast to read and learn little by heart.
 *
 * @param trees how many
 * @param depth of each: the questions on the way to a leaf
 * @param rate by which each tree is believed
 * @param lambda pulls the values of leaves towards 0
 * @param featureShare of the features are tried for each tree
 * @param rowShare of the groups of rows for each tree
 * @param seed of both draws
 */
record Boosting(
        int trees,
        int depth,
        double rate,
        double lambda,
        double featureShare,
        double rowShare,
        long seed) {

    private static final int BINS = 64;
    private static final int EDGE_SAMPLES_MAX = 50_000;
    private static final double HESSIAN_MIN = 1e-6;

    /** Rows, and what is to be learned of each. Rows of one group are drawn together. */
    record Table(List<float[]> rows, float[] labels, float[] weights, int[] groups) {}

    /** The rows by columns, each value as the number of its bin: how many edges are below it. */
    private record Columns(float[][] edges, byte[][] bins) {

        static Columns of(List<float[]> rows) {
            int features = rows.getFirst().length;
            float[][] edges = new float[features][];
            byte[][] bins = new byte[features][rows.size()];
            IntStream.range(0, features)
                    .parallel()
                    .forEach(
                            f -> {
                                edges[f] = edges(rows, f);
                                for (int r = 0; r < rows.size(); r++) {
                                    bins[f][r] = (byte) bin(edges[f], rows.get(r)[f]);
                                }
                            });
            return new Columns(edges, bins);
        }

        private static float[] edges(List<float[]> rows, int f) {
            int step = Math.max(1, rows.size() / EDGE_SAMPLES_MAX);
            float[] sample = new float[(rows.size() + step - 1) / step];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = rows.get(i * step)[f];
            }
            Arrays.sort(sample);
            float[] edges = new float[BINS - 1];
            int size = 0;
            for (int b = 1; b < BINS; b++) {
                float edge = sample[(int) ((long) b * (sample.length - 1) / BINS)];
                if (size == 0 || edge > edges[size - 1]) {
                    edges[size++] = edge;
                }
            }
            return Arrays.copyOf(edges, size);
        }

        private static int bin(float[] edges, float value) {
            int at = Arrays.binarySearch(edges, value);
            return at < 0 ? -at - 1 : at;
        }
    }

    /** What one level of a tree asks: whether the feature is over that edge. */
    private record Question(double gain, int feature, int edge) {
        static final Question NONE = new Question(0, 0, Integer.MAX_VALUE);
    }

    /** Log odds of a row, once it is fitted. */
    Trees fit(Table table) {
        int count = table.rows().size();
        Columns columns = Columns.of(table.rows());
        double base = base(table);
        double[] score = new double[count];
        Arrays.fill(score, base);
        float[] g = new float[count];
        float[] h = new float[count];
        byte[] leaf = new byte[count];
        var random = new Random(seed);
        int groups = Arrays.stream(table.groups()).max().orElse(0) + 1;
        short[] features = new short[trees * depth];
        float[] thresholds = new float[features.length];
        float[] values = new float[trees << depth];
        for (int t = 0; t < trees; t++) {
            boolean[] in = new boolean[groups];
            for (int i = 0; i < groups; i++) {
                in[i] = random.nextDouble() < rowShare;
            }
            int[] rows = IntStream.range(0, count).filter(r -> in[table.groups()[r]]).toArray();
            for (int r = 0; r < count; r++) {
                double p = 1 / (1 + Math.exp(-score[r]));
                g[r] = (float) (table.weights()[r] * (table.labels()[r] - p));
                h[r] = (float) (table.weights()[r] * Math.max(HESSIAN_MIN, p * (1 - p)));
            }
            int[] tried = drawn(random, columns.edges().length);
            Arrays.fill(leaf, (byte) 0);
            for (int level = 0; level < depth; level++) {
                Question question = best(columns, rows, leaf, level, g, h, tried);
                boolean asks = question.gain() > 0;
                features[t * depth + level] = (short) question.feature();
                thresholds[t * depth + level] =
                        asks
                                ? columns.edges()[question.feature()][question.edge()]
                                : Float.POSITIVE_INFINITY;
                byte[] column = columns.bins()[question.feature()];
                for (int r = 0; r < count; r++) {
                    leaf[r] |= (byte) ((column[r] > question.edge() ? 1 : 0) << level);
                }
            }
            double[] grown = values(rows, leaf, g, h);
            for (int r = 0; r < count; r++) {
                score[r] += grown[leaf[r]];
            }
            for (int i = 0; i < grown.length; i++) {
                values[(t << depth) + i] = (float) grown[i];
            }
        }
        return new Trees((float) base, depth, features, thresholds, values);
    }

    private static double base(Table table) {
        double sum = 0;
        double all = 0;
        for (int r = 0; r < table.labels().length; r++) {
            sum += table.weights()[r] * table.labels()[r];
            all += table.weights()[r];
        }
        return Math.log(sum / (all - sum));
    }

    /** At least one feature. */
    private int[] drawn(Random random, int features) {
        int first = random.nextInt(features);
        return IntStream.range(0, features)
                .filter(f -> random.nextDouble() < featureShare || f == first)
                .toArray();
    }

    private Question best(
            Columns columns,
            int[] rows,
            byte[] leaf,
            int level,
            float[] g,
            float[] h,
            int[] tried) {
        Question[] questions = new Question[tried.length];
        IntStream.range(0, tried.length)
                .parallel()
                .forEach(
                        i -> {
                            double[] sums = new double[(2 * BINS) << level];
                            byte[] column = columns.bins()[tried[i]];
                            for (int r : rows) {
                                int at = 2 * (leaf[r] * BINS + column[r]);
                                sums[at] += g[r];
                                sums[at + 1] += h[r];
                            }
                            int edges = columns.edges()[tried[i]].length;
                            questions[i] = best(sums, level, tried[i], edges);
                        });
        Question best = Question.NONE;
        for (Question question : questions) {
            best = question.gain() > best.gain() ? question : best;
        }
        return best;
    }

    private Question best(double[] sums, int level, int feature, int edges) {
        double[] gains = new double[edges];
        for (int node = 0; node < (1 << level); node++) {
            int from = 2 * BINS * node;
            double g = 0;
            double h = 0;
            for (int b = 0; b < BINS; b++) {
                g += sums[from + 2 * b];
                h += sums[from + 2 * b + 1];
            }
            double low = 0;
            double lowH = 0;
            double whole = worth(g, h);
            for (int b = 0; b < edges; b++) {
                low += sums[from + 2 * b];
                lowH += sums[from + 2 * b + 1];
                gains[b] += worth(low, lowH) + worth(g - low, h - lowH) - whole;
            }
        }
        Question best = Question.NONE;
        for (int b = 0; b < edges; b++) {
            if (gains[b] > best.gain()) {
                best = new Question(gains[b], feature, b);
            }
        }
        return best;
    }

    private double worth(double g, double h) {
        return g * g / (h + lambda);
    }

    private double[] values(int[] rows, byte[] leaf, float[] g, float[] h) {
        double[] sumG = new double[1 << depth];
        double[] sumH = new double[sumG.length];
        for (int r : rows) {
            sumG[leaf[r]] += g[r];
            sumH[leaf[r]] += h[r];
        }
        double[] values = new double[sumG.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rate * sumG[i] / (sumH[i] + lambda);
        }
        return values;
    }
}
