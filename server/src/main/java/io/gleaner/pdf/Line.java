package io.gleaner.pdf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a page. */
final class Line {

    /**
     * @param link where it leads, or null
     */
    record Word(String text, @Nullable String link) {}

    private final List<Word> words = new ArrayList<>();
    private float size;

    void add(String text, float fontSize, @Nullable String link) {
        if (!text.isBlank()) {
            words.add(new Word(text.strip(), link));
            size = Math.max(size, fontSize);
        }
    }

    List<Word> words() {
        return words;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The size of its largest glyphs, to half a point. */
    float size() {
        return Math.round(size * 2) / 2f;
    }

    int chars() {
        return words.stream().mapToInt(word -> word.text().length() + 1).sum();
    }

    boolean hasLetter() {
        return words.stream()
                .anyMatch(word -> word.text().codePoints().anyMatch(Character::isLetter));
    }
}
