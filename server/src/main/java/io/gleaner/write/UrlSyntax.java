package io.gleaner.write;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The characters of a URL reference. */
final class UrlSyntax {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UrlSyntax() {}

    /** Without white space and control characters at the ends, without tabs and newlines at all. */
    static String trimmed(String ref) {
        int start = 0;
        int end = ref.length();
        while (start < end && ref.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && ref.charAt(end - 1) <= ' ') {
            end--;
        }
        String trimmed = ref.substring(start, end);
        for (int i = 0; i < trimmed.length(); i++) {
            if (isLineControl(trimmed.charAt(i))) {
                return trimmed.replace("\n", "").replace("\r", "").replace("\t", "");
            }
        }
        return trimmed;
    }

    private static boolean isLineControl(char c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    /** Where the colon after a scheme is; -1 if there is no scheme. */
    static int schemeEnd(String ref) {
        for (int i = 0; i < ref.length(); i++) {
            char c = ref.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    /** With slashes for the backslashes before the query. */
    static String slashed(String ref) {
        int backslash = ref.indexOf('\\');
        if (backslash < 0) {
            return ref;
        }
        int query = ref.indexOf('?');
        int end = query < 0 ? ref.length() : query;
        return ref.substring(0, end).replace('\\', '/') + ref.substring(end);
    }

    static String withoutSlashes(String ref) {
        int i = 0;
        while (i < ref.length() && ref.charAt(i) == '/') {
            i++;
        }
        return ref.substring(i);
    }

    static int authorityEnd(String url, int from) {
        int i = from;
        while (i < url.length() && "/?#".indexOf(url.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    /** Whether it names a host and holds nothing that would end up outside of one. */
    static boolean isAuthority(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.isEmpty() || host.startsWith(":")) {
            return false;
        }
        for (int i = 0; i < authority.length(); i++) {
            if (authority.charAt(i) <= ' ' || "<>\"\\^`{|}".indexOf(authority.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Path and query with dot segments removed (RFC 3986, 5.2.4) and characters encoded. */
    static String cleanPath(String pathAndQuery) {
        int query = pathAndQuery.indexOf('?');
        String path = query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
        String rest = query < 0 ? "" : pathAndQuery.substring(query);
        return encoded(path.contains("/.") ? withoutDots(path) : path) + encoded(rest);
    }

    private static String withoutDots(String path) {
        var out = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            int end = path.indexOf('/', i + 1);
            if (end < 0) {
                end = path.length();
            }
            String segment = path.substring(i + 1, end);
            boolean last = end == path.length();
            if (segment.equals("..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            }
            if (!segment.equals("..") && !segment.equals(".")) {
                out.append('/').append(segment);
            } else if (last) {
                out.append('/');
            }
            i = end;
        }
        return out.isEmpty() ? "/" : out.toString();
    }

    /** With characters that no URL may hold percent-encoded as UTF-8. */
    static String encoded(String s) {
        int i = 0;
        while (i < s.length() && isUrlCharacter(s.charAt(i))) {
            i++;
        }
        if (i == s.length()) {
            return s;
        }
        var out = new StringBuilder(s.length() + 16).append(s, 0, i);
        while (i < s.length()) {
            int codePoint = s.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            if (codePoint < 128 && isUrlCharacter((char) codePoint)) {
                out.append((char) codePoint);
            } else {
                for (byte b : s.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX.toHexDigits(b));
                }
            }
            i = next;
        }
        return out.toString();
    }

    private static boolean isUrlCharacter(char c) {
        return c > ' ' && c < 127 && "\"<>\\^`{|}".indexOf(c) < 0;
    }
}
