package io.gleaner.frontier;

/** The path of a URL in its one form. */
final class Paths {

    private Paths() {}

    static CharSequence normalise(String text, int from, int to) {
        if (from == to) {
            return "/";
        }
        int backslash = text.indexOf('\\', from);
        if (backslash >= 0 && backslash < to) {
            var slashed = text.substring(from, to).replace('\\', '/');
            return withoutDots(Percent.normalise(slashed, 0, slashed.length(), Percent.PATH));
        }
        return withoutDots(Percent.normalise(text, from, to, Percent.PATH));
    }

    // After decoding, because "%2e%2e" is ".." to browsers and to many servers.
    private static CharSequence withoutDots(CharSequence path) {
        for (int i = 0; i + 1 < path.length(); i++) {
            if (path.charAt(i) == '/' && path.charAt(i + 1) == '.') {
                return removeDotSegments(path.toString());
            }
        }
        return path;
    }

    /** RFC 3986 section 5.2.4, for a path that starts with a slash. */
    private static CharSequence removeDotSegments(String path) {
        var out = new StringBuilder(path.length());
        int from = 0; // at a slash
        while (from < path.length()) {
            int next = path.indexOf('/', from + 1);
            int to = next < 0 ? path.length() : next;
            boolean last = next < 0;
            int length = to - from - 1;
            if (length == 1 && path.charAt(from + 1) == '.') {
                out.append(last ? "/" : "");
            } else if (length == 2 && path.startsWith("..", from + 1)) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
                out.append(last ? "/" : "");
            } else {
                out.append(path, from, to);
            }
            from = to;
        }
        return out;
    }
}
