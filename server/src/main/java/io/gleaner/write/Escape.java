package io.gleaner.write;

import java.util.regex.Pattern;

/**
 * Which characters of plain text Markdown would take for its own, decided by what stands around
 * them so that ordinary prose stays free of backslashes (CommonMark 0.31, sections 2.4 and 6).
 */
public final class Escape {

    private static final int ASCII = 128;
    private static final boolean[] NOTABLE = new boolean[ASCII];

    static {
        for (char c : " \t\n\r\f\\`*_[]<&~#".toCharArray()) {
            NOTABLE[c] = true;
        }
    }

    /** Also what would begin a tag or code if the link came to be none. */
    private static final Pattern IN_TITLE = Pattern.compile("[\\\\\"<`]");

    private Escape() {}

    /**
     * Where text that is written as it is comes to an end: at a character that may have to be
     * escaped, or at white space other than a single space.
     */
    static int plainEnd(String s, int from) {
        int length = s.length();
        for (int i = from; i < length; i++) {
            char c = s.charAt(i);
            if (c == ' ') {
                if (i + 1 == length || isSpace(s.charAt(i + 1))) {
                    return i;
                }
            } else if (c < ASCII ? NOTABLE[c] : c == '\u00a0') {
                return i;
            }
        }
        return length;
    }

    /** Without characters that are there to break or join words and that nobody sees. */
    static String visible(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (isInvisible(s.charAt(i))) {
                var out = new StringBuilder(s.length()).append(s, 0, i);
                for (int j = i; j < s.length(); j++) {
                    if (!isInvisible(s.charAt(j))) {
                        out.append(s.charAt(j));
                    }
                }
                return out.toString();
            }
        }
        return s;
    }

    /** Soft hyphen, zero-width space, word joiner, byte order mark; the joiners of scripts stay. */
    private static boolean isInvisible(char c) {
        return c == '\u00ad' || c == '\u200b' || c == '\u2060' || c == '\ufeff';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0';
    }

    static boolean isPunctuation(char c) {
        return c < ASCII
                ? c > ' ' && c != 127 && !isAsciiWord(c)
                : !Character.isLetterOrDigit(c) && !Character.isSurrogate(c);
    }

    static boolean isWord(char c) {
        return c < ASCII ? isAsciiWord(c) : Character.isLetterOrDigit(c);
    }

    private static boolean isAsciiWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Whether the character at {@code i} has to be escaped in running text. */
    static boolean inText(String s, int i, boolean inLink, boolean inHeading) {
        char before = i > 0 ? s.charAt(i - 1) : 'x';
        char after = i + 1 < s.length() ? s.charAt(i + 1) : 'x';
        boolean first = i == 0;
        boolean last = i + 1 == s.length();
        return switch (s.charAt(i)) {
            // White space behind it may go, and something of ours may come in its place.
            case '\\' -> last || isSpace(after) || (isPunctuation(after) && after < ASCII);
            case '`' -> true;
            case '*' -> first || last || !isSpace(before) || !isSpace(after);
            case '_' -> first || last || !isWord(before) || !isWord(after);
            case '[' -> inLink;
            case ']' -> inLink || (!last && beginsTarget(after));
            case '<' -> last || isWord(after) || after == '/' || after == '!' || after == '?';
            case '&' -> last || after == '#' || startsEntity(s, i + 1);
            case '~' -> first || last || s.indexOf('~', i + 1) > 0 || before == '~';
            case '#' -> inHeading && (first || isSpace(before)) && skip(s, i, '#') == s.length();
            default -> false;
        };
    }

    /** Whether the character behind a closing bracket would make the bracketed text a link. */
    static boolean beginsTarget(char c) {
        return c == '(' || c == '[' || c == ':';
    }

    /** Escapes a bracket at the end of what is written, once it is known what follows. */
    static void closingBracket(StringBuilder out) {
        int end = out.length() - 1;
        if (end < 0 || out.charAt(end) != ']') {
            return;
        }
        int backslashes = 0;
        while (backslashes < end && out.charAt(end - backslashes - 1) == '\\') {
            backslashes++;
        }
        if (backslashes % 2 == 0) {
            out.insert(end, '\\');
        }
    }

    private static boolean startsEntity(String s, int from) {
        int i = from;
        while (i < s.length() && i - from < 32 && isWord(s.charAt(i))) {
            i++;
        }
        return i > from && i < s.length() && s.charAt(i) == ';';
    }

    /**
     * Where a backslash is due because the text stands at the start of a line and would become a
     * list, a heading, a quote, a rule or a table there; -1 if nowhere.
     */
    static int atLineStart(String s, int from) {
        return switch (s.charAt(from)) {
            case '#' -> endsMarker(s, skip(s, from, '#')) ? from : -1;
            case '>', '|' -> from;
            case '-', '=' -> s.charAt(from) == next(s, from) || endsMarker(s, from + 1) ? from : -1;
            case '+' -> endsMarker(s, from + 1) ? from : -1;
            case ':' -> next(s, from) == '-' ? from : -1;
            case '[' -> isTaskBox(s, from) ? from : -1;
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> afterNumber(s, from);
            default -> -1;
        };
    }

    private static int afterNumber(String s, int from) {
        int i = from;
        while (i < s.length() && i - from < 9 && s.charAt(i) >= '0' && s.charAt(i) <= '9') {
            i++;
        }
        boolean delimited = i < s.length() && (s.charAt(i) == '.' || s.charAt(i) == ')');
        return delimited && endsMarker(s, i + 1) ? i : -1;
    }

    private static boolean isTaskBox(String s, int from) {
        return from + 1 == s.length()
                || (from + 2 < s.length()
                        && s.charAt(from + 2) == ']'
                        && " xX".indexOf(s.charAt(from + 1)) >= 0);
    }

    private static boolean endsMarker(String s, int i) {
        return i >= s.length() || isSpace(s.charAt(i)) || s.charAt(i) == '|';
    }

    private static char next(String s, int i) {
        return i + 1 < s.length() ? s.charAt(i + 1) : ' ';
    }

    private static int skip(String s, int from, char c) {
        int i = from;
        while (i < s.length() && s.charAt(i) == c) {
            i++;
        }
        return i;
    }

    /** The longest run of backticks. */
    static int backticks(CharSequence s) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < s.length(); i++) {
            run = s.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** A code span (CommonMark 6.1): a fence longer than what is inside, padded where needed. */
    static String codeSpan(String code) {
        int longest = backticks(code);
        if (longest == 0) {
            return "`" + code + "`";
        }
        String fence = "`".repeat(longest + 1);
        boolean padded = code.startsWith("`") || code.endsWith("`");
        return padded ? fence + " " + code + " " + fence : fence + code + fence;
    }

    /** The text of an image, for the brackets: one line of plain text. */
    static String label(String text) {
        var safe = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean entity = c == '&' && (text.startsWith("#", i + 1) || startsEntity(text, i + 1));
            if (entity || "\\`[]<".indexOf(c) >= 0) {
                safe.append('\\');
            }
            safe.append(c);
        }
        return safe.toString();
    }

    /**
     * A formula in TeX, in dollars. What could begin a tag, a link or code is put into a code span
     * between them, as GitHub reads it, too: a backslash has a meaning of its own there.
     */
    static String formula(String tex) {
        boolean plain = tex.chars().noneMatch(c -> "<`[]".indexOf(c) >= 0);
        return "$" + (plain ? tex : codeSpan(tex)) + "$";
    }

    /** A destination and title for the parentheses of a link or an image. */
    static String target(String url, String title) {
        String safe = isBalanced(url) ? url : url.replace("(", "%28").replace(")", "%29");
        // Sphinx and others repeat the fragment as the title of every link.
        if (title.isBlank() || url.endsWith("#" + title)) {
            return safe;
        }
        return safe + " \"" + IN_TITLE.matcher(oneLine(title)).replaceAll("\\\\$0") + '"';
    }

    private static boolean isBalanced(String url) {
        int open = 0;
        for (int i = 0; i < url.length() && open >= 0; i++) {
            open += url.charAt(i) == '(' ? 1 : url.charAt(i) == ')' ? -1 : 0;
        }
        return open == 0;
    }

    /** Runs of white space as one space, none at the ends. */
    public static String oneLine(String s) {
        var line = new StringBuilder(s.length());
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!isSpace(c)) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == ' '
                ? line.substring(0, end - 1)
                : line.toString();
    }
}
