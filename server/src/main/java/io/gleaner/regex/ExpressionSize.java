package io.gleaner.regex;

import java.util.ArrayDeque;

/**
 * How large the program of an RE2 expression becomes, judged from its text: counted repetitions
 * multiply what they repeat, also when nested. Roughly right, and never a small number for a large
 * program. Does not check the syntax.
 */
final class ExpressionSize {

    private static final long CEILING = 1_000_000_000;

    private final String source;
    private final ArrayDeque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private ExpressionSize(String source) {
        this.source = source;
    }

    static long estimate(String source) {
        return new ExpressionSize(source).scan();
    }

    private long scan() {
        while (at < source.length()) {
            switch (source.charAt(at)) {
                case '\\' -> escape();
                case '[' -> bracket();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                default -> atom(1, 1);
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        return sum;
    }

    private void atom(long size, int chars) {
        last = size;
        sum = Math.min(CEILING, sum + size);
        at += chars;
    }

    private void escape() {
        if (source.startsWith("\\Q", at)) {
            int end = source.indexOf("\\E", at);
            int stop = end < 0 ? source.length() : end + 2;
            atom(stop - at, stop - at);
        } else {
            atom(1, 2);
        }
    }

    /** A character class; a bracket that comes first in it is a member. */
    private void bracket() {
        int i = at + 1;
        i += source.startsWith("^", i) ? 1 : 0;
        i += source.startsWith("]", i) ? 1 : 0;
        while (i < source.length() && source.charAt(i) != ']') {
            if (source.startsWith("[:", i) && source.indexOf(":]", i + 2) > 0) {
                i = source.indexOf(":]", i + 2) + 2;
            } else {
                i += source.charAt(i) == '\\' ? 2 : 1;
            }
        }
        atom(1, i + 1 - at);
    }

    private void open() {
        outer.push(sum);
        sum = 2;
        at++;
    }

    private void close() {
        long group = sum;
        sum = outer.isEmpty() ? 0 : outer.pop();
        atom(group, 1);
    }

    /** <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>; any other brace is itself. */
    private void repeat() {
        int i = at + 1;
        long count = 0;
        long largest = 0;
        while (i < source.length() && (isDigit(source.charAt(i)) || source.charAt(i) == ',')) {
            boolean comma = source.charAt(i) == ',';
            count = comma ? 0 : Math.min(CEILING, 10 * count + (source.charAt(i) - '0'));
            largest = Math.max(largest, count);
            i++;
        }
        if (i == at + 1 || i >= source.length() || source.charAt(i) != '}') {
            atom(1, 1);
            return;
        }
        long repeated = Math.min(CEILING, last * Math.max(1, largest));
        sum = Math.min(CEILING, sum - last + repeated);
        last = repeated;
        at = i + 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
