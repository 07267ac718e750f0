package io.gleaner.frontier;

/**
 * IPv4 literals as browsers read them (WHATWG URL, "IPv4 parser"): one to four numbers, decimal,
 * octal or hexadecimal. Names that look like one and are none are refused, or the resolver might
 * read them in its own way.
 */
final class Ipv4 {

    private static final int PARTS_MAX = 4;
    private static final int PART_CHARS_MAX = 16;

    private Ipv4() {}

    /** Whether the last label is a number, so that no resolver may see a name in it. */
    static boolean looksLikeOne(String name) {
        int from = name.lastIndexOf('.') + 1;
        char first = name.charAt(from);
        if (first < '0' || first > '9') {
            return false;
        }
        return isDecimal(name, from) || isHex(name, from);
    }

    static String normalise(String name, String given) {
        var parts = name.split("\\.", -1);
        if (parts.length > PARTS_MAX) {
            throw HostNames.badHost(given);
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long max = last ? (1L << (8 * (PARTS_MAX + 1 - parts.length))) - 1 : 255;
            long part = number(parts[i], given);
            if (part > max) {
                throw HostNames.badHost(given);
            }
            address |= last ? part : part << (8 * (PARTS_MAX - 1 - i));
        }
        // Of every link to an address, so without a format string.
        return (address >> 24)
                + "."
                + ((address >> 16) & 255)
                + "."
                + ((address >> 8) & 255)
                + "."
                + (address & 255);
    }

    private static long number(String part, String given) {
        boolean digitFirst = !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
        if (!digitFirst || part.length() > PART_CHARS_MAX) {
            throw HostNames.badHost(given);
        }
        try {
            if (part.startsWith("0x")) {
                return part.length() == 2 ? 0 : Long.parseUnsignedLong(part, 2, part.length(), 16);
            }
            return Long.parseLong(part, part.length() > 1 && part.startsWith("0") ? 8 : 10);
        } catch (NumberFormatException e) {
            throw HostNames.badHost(given);
        }
    }

    private static boolean isDecimal(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String name, int from) {
        if (!name.startsWith("0x", from)) {
            return false;
        }
        for (int i = from + 2; i < name.length(); i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
