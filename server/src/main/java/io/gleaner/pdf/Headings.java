package io.gleaner.pdf;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which paragraphs are headings, and of what level: those that are set larger than most of the
 * text.
 */
final class Headings {

    private static final int LEVELS = 4;
    private static final float LARGER = 1.15f;

    private final NavigableSet<Float> sizes = new TreeSet<>();

    Headings(List<Pages.Sheet> sheets) {
        var chars = new TreeMap<Float, Long>();
        for (var sheet : sheets) {
            for (Paragraph paragraph : sheet.paragraphs()) {
                chars.merge(paragraph.size(), (long) paragraph.chars(), Long::sum);
            }
        }
        float body = 0;
        long most = 0;
        for (var entry : chars.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                body = entry.getKey();
            }
        }
        sizes.addAll(chars.tailMap(body * LARGER, true).keySet());
    }

    /** 1 (largest) to 4, or 0 for text. */
    int level(Paragraph paragraph) {
        float size = paragraph.size();
        return sizes.contains(size) && paragraph.mayBeHeading()
                ? Math.min(LEVELS, sizes.tailSet(size, true).size())
                : 0;
    }
}
