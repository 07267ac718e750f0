package io.gleaner.frontier;

import java.net.IDN;
import java.net.Inet6Address;
import java.util.Locale;

/** The host of a URL in its one form: an ASCII name, a dotted IPv4 or a bracketed IPv6 literal. */
final class HostNames {

    private static final int NAME_CHARS_MAX = 253;
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
        var name = isAscii(lower) ? lower : toAscii(lower, given);
        if (name.endsWith(".")) { // the same name to DNS, and it must not have a second host queue
            name = name.substring(0, name.length() - 1);
        }
        checkName(name, given);
        return Ipv4.looksLikeOne(name) ? Ipv4.normalise(name, given) : name;
    }

    private static boolean isAscii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String toAscii(String host, String given) {
        if (host.length() > NAME_CHARS_MAX) { // IDN takes quadratic time
            throw badHost(given);
        }
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (RuntimeException e) { // it throws more than it documents
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
