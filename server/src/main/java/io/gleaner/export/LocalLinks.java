package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.frontier.Urls;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Leads the links of Gleaner's Markdown to files that were saved beside it. Other links, pictures
 * and code stay as they are.
 *
 * <p>A scan, not a parse: the writer puts every fence and code span between runs of backticks of a
 * length that is not inside, and escapes all others (CommonMark 6.1), so that the next run of the
 * same length is the end of either.
 */
final class LocalLinks {

    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!,=@+/";

    private final Function<String, @Nullable String> files;

    /**
     * @param files the file of a normalised URL, or null when it was not saved
     */
    LocalLinks(Function<String, @Nullable String> files) {
        this.files = files;
    }

    /**
     * The Markdown of one page with its links made local.
     *
     * @param file where it lies, in the same tree
     */
    String in(String markdown, String file) {
        return new Scan(markdown, file).run();
    }

    private final class Scan {
        private final String text;
        private final String file;
        private final StringBuilder out;
        private final Deque<Boolean> brackets = new ArrayDeque<>();
        private int copied;

        Scan(String text, String file) {
            this.text = text;
            this.file = file;
            this.out = new StringBuilder(text.length());
        }

        String run() {
            int at = 0;
            while (at < text.length()) {
                at =
                        switch (text.charAt(at)) {
                            case '\\' -> at + 2;
                            case '`' -> afterCode(at);
                            case '[' -> open(at);
                            case ']' -> close(at);
                            default -> at + 1;
                        };
            }
            return out.append(text, copied, text.length()).toString();
        }

        private int afterCode(int start) {
            int length = run(start);
            int at = start + length;
            while (at < text.length()) {
                int next = text.indexOf('`', at);
                if (next < 0) {
                    break;
                }
                int found = run(next);
                if (found == length) {
                    return next + found;
                }
                at = next + found;
            }
            return start + length;
        }

        private int run(int start) {
            int end = start;
            while (end < text.length() && text.charAt(end) == '`') {
                end++;
            }
            return end - start;
        }

        private int open(int at) {
            brackets.push(at > 0 && text.charAt(at - 1) == '!');
            return at + 1;
        }

        private int close(int at) {
            boolean picture = !brackets.isEmpty() && brackets.pop();
            if (!text.startsWith("](", at)) {
                return at + 1;
            }
            int start = at + 2;
            int end = destinationEnd(start);
            if (!picture) {
                String local = local(text.substring(start, end));
                if (local != null) {
                    out.append(text, copied, start).append(local);
                    copied = end;
                }
            }
            return end;
        }

        /** A blank, or the closing parenthesis that was not opened inside. */
        private int destinationEnd(int start) {
            int depth = 0;
            int at = start;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c <= ' ' || (c == ')' && depth == 0)) {
                    break;
                }
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
            return at;
        }

        private @Nullable String local(String url) {
            int hash = url.indexOf('#');
            String target = files.apply(normal(hash < 0 ? url : url.substring(0, hash)));
            return target == null
                    ? null
                    : encoded(relative(file, target)) + (hash < 0 ? "" : url.substring(hash));
        }
    }

    private static String normal(String url) {
        try {
            return Urls.candidate(url, 0, false).url();
        } catch (IllegalArgumentException e) {
            return url; // No page has it.
        }
    }

    /** From the folder of one file to another file. */
    static String relative(String from, String to) {
        int common = 0;
        for (int at = 0; at < Math.min(from.length(), to.length()); at++) {
            if (from.charAt(at) != to.charAt(at)) {
                break;
            }
            if (from.charAt(at) == '/') {
                common = at + 1;
            }
        }
        long up = from.chars().skip(common).filter(c -> c == '/').count();
        return "../".repeat((int) up) + to.substring(common);
    }

    private static String encoded(String path) {
        var encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append("%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
