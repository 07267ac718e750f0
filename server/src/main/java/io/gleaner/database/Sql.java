package io.gleaner.database;

/**
 * One SQL statement and its name.
 *
 * <p>The name stands in a comment in front of the text, so the statement is found under it in
 * {@code pg_stat_statements} and in the server's log, as it is in the metrics.
 *
 * @param name in lower case, words joined by {@code -}
 * @param text with named parameters, as Jdbi reads them
 */
public record Sql(String name, String text) {

    private static final String OPEN = "/* gleaner:";
    private static final String CLOSE = " */ ";

    /** The statement, its name in front. */
    public static Sql named(String name, String text) {
        return new Sql(name, OPEN + name + CLOSE + text);
    }

    /** The name in front of a statement, or {@code unnamed}. */
    static String nameOf(String text) {
        int end = text.startsWith(OPEN) ? text.indexOf(CLOSE, OPEN.length()) : -1;
        return end < 0 ? "unnamed" : text.substring(OPEN.length(), end);
    }
}
