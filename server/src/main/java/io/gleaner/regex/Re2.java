package io.gleaner.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Compiles RE2 expressions of a bounded size. */
public final class Re2 {

    private Re2() {}

    /**
     * @param sizeLeft most instructions of its program
     * @param sizeMax what all expressions of the same list may have, for the message
     * @throws IllegalArgumentException with what is accepted as its message
     */
    public static Pattern compile(String source, int sizeLeft, int sizeMax) {
        // Before compiling, because a{1000} nested three times would take all memory.
        if (ExpressionSize.estimate(source) > sizeLeft) {
            throw new IllegalArgumentException(smaller(sizeMax));
        }
        try {
            var pattern = Pattern.compile(source);
            if (pattern.programSize() > sizeLeft) {
                throw new IllegalArgumentException(smaller(sizeMax));
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "an RE2 expression, which has no look-around and no back-references ("
                            + e.getDescription()
                            + ")",
                    e);
        }
    }

    private static String smaller(int sizeMax) {
        return "smaller, with less repetition (%d instructions in all)".formatted(sizeMax);
    }
}
