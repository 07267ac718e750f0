package io.gleaner.profile;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether the heap grows over equal cycles of work, told from what lives after each of them.
 *
 * <p>Growth is the median of the last third less the median of the first. It counts as none up to
 * three times the median step between neighbours: steps of mere noise with a deviation of s are
 * 0.95 s in the median, so the bound is 2.9 s, while two medians of five differ by 0.8 s (one
 * deviation). A leak of L a cycle adds L to each step but two thirds of the cycles times L to the
 * growth, so from fifteen samples on it goes past the bound.
 *
 * @param growthBytes from the first third to the last
 * @param boundBytes what still is noise
 */
public record HeapGrowth(long growthBytes, long boundBytes) {

    /** Classes that are loaded late, tables that double: less is not told from them. */
    public static final long FLOOR_BYTES = 256 << 10;

    public static final int SAMPLES_MIN = 15;

    private static final int STEPS = 3;

    /**
     * @param liveBytes after each cycle, the first cycles left out: they fill caches
     */
    public static HeapGrowth of(List<Long> liveBytes) {
        int samples = liveBytes.size();
        if (samples < SAMPLES_MIN) {
            throw new IllegalArgumentException(
                    "at least %d samples are needed: %d".formatted(SAMPLES_MIN, samples));
        }
        long growth =
                median(liveBytes.subList(samples - samples / 3, samples))
                        - median(liveBytes.subList(0, samples / 3));
        List<Long> steps =
                IntStream.range(1, samples)
                        .mapToObj(i -> Math.abs(liveBytes.get(i) - liveBytes.get(i - 1)))
                        .toList();
        return new HeapGrowth(growth, Math.max(FLOOR_BYTES, STEPS * median(steps)));
    }

    public boolean isNoise() {
        return growthBytes <= boundBytes;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
