package io.gleaner.perf.regression;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction (1979) for looking at several figures at once. */
final class Holm {

    private Holm() {}

    /** The p-values, each made larger so that any false alarm at all is as rare as one was. */
    static double[] adjusted(List<Double> pValues) {
        int n = pValues.size();
        List<Integer> order =
                IntStream.range(0, n).boxed().sorted(Comparator.comparing(pValues::get)).toList();
        double[] adjusted = new double[n];
        double most = 0;
        for (int rank = 0; rank < n; rank++) {
            int index = order.get(rank);
            most = Math.max(most, Math.min(1, (n - rank) * pValues.get(index)));
            adjusted[index] = most;
        }
        return adjusted;
    }
}
