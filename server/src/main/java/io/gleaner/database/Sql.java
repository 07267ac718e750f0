package io.gleaner.database;

import java.util.regex.Pattern;

/**
 * One SQL statement and its name.
 *
 * <p>The name stands in a comment behind the first word, so the statement is found under it in
 * {@code pg_stat_statements} and in the server's log, as it is in the metrics. In front of the
 * first word it would not do: PostgreSQL 18 takes a statement to begin there, and its statistics
 * leave out what stands before.
 *
 * @param name in lower case, words joined by {@code -}
 * @param text with named parameters, as Jdbi reads them
 */
public record Sql(String name, String text) {

    /** What {@link #nameOf} says of a statement that is not ours. */
    static final String UNNAMED = "unnamed";

    private static final Pattern FIRST_WORD = Pattern.compile("\\w+");
    private static final String OPEN = "/* gleaner:";
    private static final String CLOSE = " */";

    /** The statement, its name in it. */
    public static Sql named(String name, String text) {
        return new Sql(name, FIRST_WORD.matcher(text).replaceFirst("$0 " + OPEN + name + CLOSE));
    }

    /** The name behind the first word of a statement, or {@code unnamed}. */
    static String nameOf(String text) {
        int start = text.indexOf(' ') + 1;
        int end = text.startsWith(OPEN, start) ? text.indexOf(CLOSE, start) : -1;
        return end < 0 ? UNNAMED : text.substring(start + OPEN.length(), end);
    }
}
