package io.gleaner.perf.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well some words tell what was meant: as bags, without order, as the judge of the set does.
 */
record WordScore(double precision, double recall) {

    static WordScore of(List<String> said, List<String> meant) {
        Map<String, Integer> left = new HashMap<>();
        meant.forEach(word -> left.merge(word, 1, Integer::sum));
        int both = 0;
        for (String word : said) {
            int count = left.getOrDefault(word, 0);
            if (count > 0) {
                both++;
                left.put(word, count - 1);
            }
        }
        return new WordScore(
                share(both, said.size(), meant.size()), share(both, meant.size(), said.size()));
    }

    private static double share(int both, int of, int other) {
        return of == 0 ? (other == 0 ? 1 : 0) : (double) both / of;
    }

    double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
