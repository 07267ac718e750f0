package io.gleaner.frontier;

import java.net.Inet6Address;
import java.util.Locale;
import okhttp3.HttpUrl;

/** The host of a URL in its one form: an ASCII name, a dotted IPv4 or a bracketed IPv6 literal. */
final class HostNames {

    private static final int NAME_CHARS_MAX = 253;

    /** Each character may be written as up to four bytes of three characters. */
    private static final int NAME_ENCODED_CHARS_MAX = 12 * NAME_CHARS_MAX;

    private static final int LABEL_CHARS_MAX = 63;

    private HostNames() {}

    /**
     * @param given the whole URL, for the message
     */
    static String normalise(String host, String given) {
        if (host.startsWith("[")) {
            return ipv6(host, given);
        }
        var lower = host.toLowerCase(Locale.ROOT);
        var name = isPlain(lower) ? lower : toAscii(lower, given);
        if (name.endsWith(".")) { // the same name to DNS, and it must not have a second host queue
            name = name.substring(0, name.length() - 1);
        }
        checkName(name, given);
        return Ipv4.looksLikeOne(name) ? Ipv4.normalise(name, given) : name;
    }

    private static boolean isPlain(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80 || host.charAt(i) == '%') {
                return false;
            }
        }
        return true;
    }

    // Decoded and in the form of UTS 46 as browsers have it: a sharp s is not two of them.
    private static String toAscii(String host, String given) {
        if (host.length() > NAME_ENCODED_CHARS_MAX) {
            throw badHost(given);
        }
        try {
            return new HttpUrl.Builder().scheme("http").host(host).build().host();
        } catch (IllegalArgumentException e) {
            throw badHost(given);
        }
    }

    private static void checkName(String name, String given) {
        int label = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            boolean allowed = letter || isDigit(c) || c == '-' || c == '_' || c == '.';
            label = c == '.' ? 0 : label + 1;
            boolean emptyLabel = c == '.' && (i == 0 || name.charAt(i - 1) == '.');
            if (emptyLabel || !allowed || label > LABEL_CHARS_MAX) {
                throw badHost(given);
            }
        }
        if (label == 0 || name.length() > NAME_CHARS_MAX) {
            throw badHost(given);
        }
    }

    private static String ipv6(String host, String given) {
        if (!host.endsWith("]") || host.indexOf('%') >= 0) { // no zones: they mean this machine
            throw badHost(given);
        }
        try {
            var address = Inet6Address.ofLiteral(host.substring(1, host.length() - 1));
            return Ipv6.text(address.getAddress());
        } catch (IllegalArgumentException e) {
            throw badHost(given);
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static IllegalArgumentException badHost(String given) {
        return UrlParser.refused("with a host name or IP address", given);
    }
}
