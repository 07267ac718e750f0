package io.gleaner.perf.content;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which words of a page are in what people took for its main content: those in a run of four that
 * stands there too, and short blocks whose words stand there in a row and were not found before.
 */
final class Labels {

    private static final int RUN = 4;

    private Labels() {}

    /** For each block the share of its words that is main content. */
    static float[] of(List<List<String>> blocks, List<String> truth) {
        Map<Long, int[]> runs = new HashMap<>();
        for (int i = 0; i + RUN <= truth.size(); i++) {
            runs.computeIfAbsent(hash(truth, i), _ -> new int[1])[0]++;
        }
        String[] page = blocks.stream().flatMap(List::stream).toArray(String[]::new);
        List<String> words = Arrays.asList(page);
        boolean[] in = new boolean[page.length];
        var found = new HashSet<Long>();
        for (int i = 0; i + RUN <= page.length; i++) {
            long hash = hash(words, i);
            if (runs.containsKey(hash)) {
                found.add(hash);
                Arrays.fill(in, i, i + RUN, true);
            }
        }
        boolean[] seen = new boolean[truth.size()];
        for (int i = 0; i + RUN <= truth.size(); i++) {
            if (found.contains(hash(truth, i))) {
                Arrays.fill(seen, i, i + RUN, true);
            }
        }
        Map<String, Integer> left = new HashMap<>();
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                for (int length = 1; length < RUN && i + length <= seen.length; length++) {
                    if (seen[i + length - 1]) {
                        break;
                    }
                    left.merge(String.join(" ", truth.subList(i, i + length)), 1, Integer::sum);
                }
            }
        }
        float[] labels = new float[blocks.size()];
        int at = 0;
        for (int b = 0; b < labels.length; b++) {
            List<String> block = blocks.get(b);
            int covered = 0;
            for (int i = 0; i < block.size(); i++) {
                covered += in[at + i] ? 1 : 0;
            }
            at += block.size();
            if (covered == 0 && !block.isEmpty() && block.size() < RUN) {
                String key = String.join(" ", block);
                int count = left.getOrDefault(key, 0);
                if (count > 0) {
                    left.put(key, count - 1);
                    covered = block.size();
                }
            }
            labels[b] = block.isEmpty() ? 0 : (float) covered / block.size();
        }
        return labels;
    }

    private static long hash(List<String> words, int from) {
        long hash = 7;
        for (int i = from; i < from + RUN; i++) {
            hash = hash * 1_000_003 + words.get(i).hashCode();
        }
        return hash;
    }
}
