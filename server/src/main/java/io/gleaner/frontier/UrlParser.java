package io.gleaner.frontier;

/** Reads a URL by hand, in one pass over each part: this runs for every link of every page. */
final class UrlParser {

    private static final int SHOWN_CHARS_MAX = 120;
    private static final int PORT_MAX = 65_535;
    private static final int PORT_DIGITS_MAX = 10;

    private UrlParser() {}

    static NormalUrl parse(String given) {
        int from = 0;
        int to = given.length();
        while (from < to && isSpace(given.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(given.charAt(to - 1))) {
            to--;
        }
        checkCharacters(given, from, to);
        int fragment = given.indexOf('#', from);
        if (fragment >= 0 && fragment < to) {
            to = fragment;
        }
        boolean secure = isSecure(given, from, to);
        int hostFrom = from + (secure ? "https://" : "http://").length();
        int hostTo = endOfAuthority(given, hostFrom, to);
        var host = authority(given, hostFrom, hostTo, secure);

        int query = given.indexOf('?', hostTo);
        int pathTo = query < 0 || query > to ? to : query;
        var path = Paths.normalise(given, hostTo, pathTo);
        var text = new StringBuilder(8 + host.length() + path.length() + to - pathTo);
        text.append(secure ? "https://" : "http://").append(host);
        int pathStart = text.length();
        text.append(path);
        int queryStart = text.length();
        if (pathTo + 1 < to) {
            text.append('?').append(Percent.normalise(given, pathTo + 1, to, Percent.QUERY));
        }
        if (text.length() > Urls.URL_CHARS_MAX) {
            throw refused("at most " + Urls.URL_CHARS_MAX + " characters once encoded", given);
        }
        return new NormalUrl(text.toString(), host, pathStart, queryStart);
    }

    static IllegalArgumentException refused(String rule, String given) {
        var shown =
                given.length() <= SHOWN_CHARS_MAX
                        ? given
                        : given.substring(0, SHOWN_CHARS_MAX) + "...";
        var printable = new StringBuilder(shown.length());
        shown.chars()
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)) {
                                printable.append("\\u%04X".formatted(c));
                            } else {
                                printable.append((char) c);
                            }
                        });
        return new IllegalArgumentException("url must be " + rule + ": '" + printable + "'");
    }

    private static void checkCharacters(String given, int from, int to) {
        if (to - from > Urls.URL_CHARS_MAX) {
            throw refused("at most " + Urls.URL_CHARS_MAX + " characters", given);
        }
        for (int i = from; i < to; i++) {
            if (Character.isISOControl(given.charAt(i))) {
                throw refused("free of control characters", given);
            }
        }
    }

    private static boolean isSecure(String given, int from, int to) {
        int colon = given.indexOf(':', from);
        int length = colon - from;
        boolean secure = length == 5 && given.regionMatches(true, from, "https", 0, 5);
        boolean plain = length == 4 && given.regionMatches(true, from, "http", 0, 4);
        boolean absolute =
                colon >= 0
                        && colon + 2 < to
                        && isSlash(given.charAt(colon + 1))
                        && isSlash(given.charAt(colon + 2));
        if (!(secure || plain) || !absolute) {
            throw refused("an absolute http or https URL", given);
        }
        return secure;
    }

    private static int endOfAuthority(String given, int from, int to) {
        int i = from;
        while (i < to && !isSlash(given.charAt(i)) && given.charAt(i) != '?') {
            if (given.charAt(i) == '@') {
                throw refused("without user-info ('@' before the path)", given);
            }
            i++;
        }
        return i;
    }

    private static String authority(String given, int from, int to, boolean secure) {
        int bracket = given.lastIndexOf(']', to - 1);
        int colon = given.indexOf(':', Math.max(from, bracket));
        if (colon < 0 || colon >= to) {
            return HostNames.normalise(given.substring(from, to), given);
        }
        var host = HostNames.normalise(given.substring(from, colon), given);
        int port = port(given, colon + 1, to, secure);
        return port == (secure ? 443 : 80) ? host : host + ':' + port;
    }

    private static int port(String given, int from, int to, boolean secure) {
        if (from == to) {
            return secure ? 443 : 80;
        }
        long port = 0;
        for (int i = from; i < to; i++) {
            char c = given.charAt(i);
            if (c < '0' || c > '9' || i - from >= PORT_DIGITS_MAX) {
                throw badPort(given);
            }
            port = 10 * port + (c - '0');
        }
        if (port < 1 || port > PORT_MAX) {
            throw badPort(given);
        }
        return (int) port;
    }

    private static IllegalArgumentException badPort(String given) {
        return refused("without a port or with one from 1 to " + PORT_MAX, given);
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\'; // browsers read both; so must the address guard
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
