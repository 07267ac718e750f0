package io.gleaner.perf.content;

import io.gleaner.content.Area;
import io.gleaner.content.Block;
import io.gleaner.content.Lexicon;
import io.gleaner.content.Model;
import io.gleaner.content.Outline;
import io.gleaner.content.WordHash;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often each word of names and short texts bears main content. What a page is judged by leaves
 * out its own domain: a word that only one site has says nothing about others.
 */
final class WordCounts {

    private static final int DOMAINS_MIN = 4;
    private static final float PRIOR = 2;
    private static final float WEIGHT_MAX = 3;
    private static final float WEIGHT_MIN = 0.05f;

    /**
     * Names of boxes that scripts fill with advertisements: in pages as sent they are empty, so no
     * set of pages can teach them.
     */
    private static final Set<Long> ADVERTISEMENTS =
            Stream.of(
                            "ad",
                            "ads",
                            "adbox",
                            "adsense",
                            "adsbygoogle",
                            "adslot",
                            "adunit",
                            "advert",
                            "adverts",
                            "advertisement",
                            "advertisements",
                            "advertising",
                            "sponsor",
                            "sponsored")
                    .map(WordHash::ofName)
                    .collect(Collectors.toUnmodifiableSet());

    /** Shares of main content and of the rest, summed up in whole parts: in any order the same. */
    private static final class Sums {
        static final long PARTS = 1 << 16;
        long main;
        long rest;

        void add(float share) {
            long part = Math.round((double) share * PARTS);
            main += part;
            rest += PARTS - part;
        }
    }

    /** Of one word, in all and by domain. */
    private static final class Word {
        final Sums all = new Sums();
        final Map<String, Sums> byDomain = new HashMap<>();
    }

    private final Map<Long, Word> words = new HashMap<>();
    private final Sums blocks = new Sums();

    /**
     * @param outline recorded
     * @param labels share of each block that is main content
     */
    void add(String domain, Outline outline, float[] labels) {
        Map<Area, float[]> areas = new HashMap<>();
        for (int b = 0; b < labels.length; b++) {
            Block block = outline.blocks.get(b);
            float label = labels[b];
            blocks.add(label);
            if (block.recorded != null) {
                new HashSet<>(block.recorded).forEach(word -> add(domain, word, label));
            }
            for (Area area = block.area; area != null; area = area.parent) {
                float[] sums = areas.computeIfAbsent(area, _ -> new float[2]);
                sums[0] += label * block.words;
                sums[1] += block.words;
            }
        }
        areas.forEach(
                (area, sums) -> {
                    List<Long> names = area.recorded;
                    if (names != null && sums[1] > 0) {
                        names.forEach(word -> add(domain, word, sums[0] / sums[1]));
                    }
                });
    }

    private void add(String domain, long word, float share) {
        Word sums = words.computeIfAbsent(word, _ -> new Word());
        sums.all.add(share);
        sums.byDomain.computeIfAbsent(domain, _ -> new Sums()).add(share);
    }

    /** What all other domains say. */
    Lexicon without(String domain) {
        return word -> weight(word, domain);
    }

    private float weight(long hash, String domain) {
        if (ADVERTISEMENTS.contains(hash)) {
            return -WEIGHT_MAX;
        }
        Word word = words.get(hash);
        return word == null ? 0 : weight(word, domain);
    }

    private float weight(Word word, String domain) {
        Sums own = word.byDomain.get(domain);
        if (word.byDomain.size() - (own == null ? 0 : 1) < DOMAINS_MIN) {
            return 0;
        }
        double main = word.all.main - (own == null ? 0 : own.main);
        double rest = word.all.rest - (own == null ? 0 : own.rest);
        double prior = Math.log((double) blocks.main / blocks.rest);
        double odds = Math.log((main + PRIOR * Sums.PARTS) / (rest + PRIOR * Sums.PARTS)) - prior;
        return (float) Math.clamp(odds, -WEIGHT_MAX, WEIGHT_MAX);
    }

    /** What all domains say, for pages of others. */
    Model.Words all() {
        Map<Long, Float> weights = new HashMap<>();
        words.forEach(
                (hash, word) -> {
                    float weight = weight(word, "");
                    if (Math.abs(weight) >= WEIGHT_MIN) {
                        weights.put(hash, weight);
                    }
                });
        ADVERTISEMENTS.forEach(name -> weights.put(name, -WEIGHT_MAX));
        return Model.Words.of(weights);
    }
}
