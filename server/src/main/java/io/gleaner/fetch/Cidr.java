package io.gleaner.fetch;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} or {@code fc00::/7} (RFC 4632, RFC 4291).
 *
 * @param network its lowest address
 * @param bits length of the prefix that all its addresses share
 */
public record Cidr(InetAddress network, int bits) {

    // Strict, because the JDK also takes "10.1" for 10.0.0.1.
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public Cidr {
        byte[] address = network.getAddress();
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException(
                    "prefix length of %s must be 0 to %d: %d"
                            .formatted(network.getHostAddress(), address.length * 8, bits));
        }
        for (int bit = bits; bit < address.length * 8; bit++) {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                throw new IllegalArgumentException(
                        "%s/%d has bits set behind its prefix"
                                .formatted(network.getHostAddress(), bits));
            }
        }
    }

    /** Reads {@code address/bits}, or a single address. */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash), text);
        if (slash < 0) {
            return new Cidr(network, network.getAddress().length * 8);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}")) {
            throw malformed(text);
        }
        return new Cidr(network, Integer.parseInt(bits));
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
    }

    /** Whether it holds exactly one address. */
    boolean single() {
        return bits == network.getAddress().length * 8;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }

    private static InetAddress literal(String address, String text) {
        if (!DOTTED_QUAD.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            throw malformed(text);
        }
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "not a CIDR such as 10.0.0.0/8, 192.168.1.7/32 or fd00::/8: " + text);
    }
}
