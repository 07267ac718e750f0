package io.gleaner.frontier;

/** IPv6 literals in the one text form of RFC 5952. */
final class Ipv6 {

    private static final int GROUPS = 8;

    private Ipv6() {}

    /**
     * @param address 16 bytes, or 4 for what was an IPv4-mapped literal
     * @return with brackets
     */
    static String text(byte[] address) {
        var groups = groups(address);
        int zerosFrom = -1;
        int zeros = 1; // a single zero group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int run = zeroRun(groups, i);
            if (run > zeros) {
                zerosFrom = i;
                zeros = run;
            }
        }
        var out = new StringBuilder("[");
        for (int i = 0; i < GROUPS; i++) {
            if (i == zerosFrom) {
                out.append("::");
                i += zeros - 1;
            } else {
                boolean first = i == 0 || out.charAt(out.length() - 1) == ':';
                out.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return out.append(']').toString();
    }

    private static int[] groups(byte[] address) {
        var groups = new int[GROUPS];
        int offset = 16 - address.length;
        if (offset > 0) {
            groups[5] = 0xFFFF; // the JDK unpacks ::ffff:1.2.3.4
        }
        for (int i = 0; i < address.length; i++) {
            int at = offset + i;
            groups[at / 2] |= (address[i] & 0xFF) << (at % 2 == 0 ? 8 : 0);
        }
        return groups;
    }

    private static int zeroRun(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i - from;
    }
}
