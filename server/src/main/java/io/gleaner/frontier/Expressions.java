package io.gleaner.frontier;

import com.google.re2j.Pattern;
import io.gleaner.regex.Re2;
import java.util.ArrayList;
import java.util.List;

/** A list of RE2 expressions: linear time in the text, bounded size. */
final class Expressions {

    static final int EXPRESSIONS_MAX = 100;
    static final int EXPRESSION_CHARS_MAX = 1_000;

    /** Instructions of all programs of a list: time per URL is at most this times its length. */
    static final int PROGRAM_MAX = 10_000;

    private final List<Pattern> patterns;

    private Expressions(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * @param field its name in a request, such as {@code crawl.include}
     */
    static Expressions of(String field, List<String> sources) {
        if (sources.size() > EXPRESSIONS_MAX) {
            throw new IllegalArgumentException(
                    "%s must have at most %d expressions: %d"
                            .formatted(field, EXPRESSIONS_MAX, sources.size()));
        }
        var patterns = new ArrayList<Pattern>();
        int size = 0;
        for (int i = 0; i < sources.size(); i++) {
            var pattern = compile(field + "[" + i + "]", sources.get(i), PROGRAM_MAX - size);
            size += pattern.programSize();
            patterns.add(pattern);
        }
        return new Expressions(patterns);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether any of them is found in the text. */
    boolean find(CharSequence text) {
        for (var pattern : patterns) {
            if (pattern.matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    private static Pattern compile(String field, String source, int sizeLeft) {
        if (source.length() > EXPRESSION_CHARS_MAX) {
            throw refused(field, source, "at most " + EXPRESSION_CHARS_MAX + " characters");
        }
        try {
            return Re2.compile(source, sizeLeft, PROGRAM_MAX);
        } catch (IllegalArgumentException e) {
            throw refused(field, source, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(String field, String source, String rule) {
        var shown = source.length() <= 100 ? source : source.substring(0, 100) + "...";
        return new IllegalArgumentException("%s must be %s: '%s'".formatted(field, rule, shown));
    }
}
