package io.gleaner.write;

import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Superscripts and subscripts in one line: an exponent is set off by {@code ^}, so that 10 to the
 * sixth does not become 106; an index by {@code _} only where it would run into a number. What is
 * an ordinal (1st), a sign or a note with a link stays as it is.
 */
final class Raised {

    private static final int CHARS_MAX = 16;
    private static final Pattern SIMPLE = Pattern.compile("[+\\-−]?[\\p{L}\\p{N}.]+");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}|[aeo]");
    private static final Pattern TERM = Pattern.compile(".*[\\p{L}\\p{N}].*");

    private Raised() {}

    /**
     * How it reads behind a character; null if it needs no sign.
     *
     * @param before the character, or a blank
     */
    static @Nullable String of(char before, Element element) {
        String text = Escape.oneLine(element.wholeText());
        if (text.length() > CHARS_MAX
                || !TERM.matcher(text).matches()
                || !element.select("a, img").isEmpty()) {
            return null;
        }
        boolean raised = element.normalName().equals("sup");
        if (raised ? !isBase(before) || WORD.matcher(text).matches() : !runsOn(before, text)) {
            return null;
        }
        String sign = raised ? "^" : "_";
        return SIMPLE.matcher(text).matches() ? sign + text : sign + "(" + text + ")";
    }

    private static boolean isBase(char before) {
        return Character.isLetterOrDigit(before) || before == ')' || before == ']';
    }

    private static boolean runsOn(char before, String text) {
        return Character.isDigit(before) && Character.isDigit(text.charAt(0));
    }
}
