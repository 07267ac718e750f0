package io.gleaner.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A block of addresses that is not plain public Internet, after the IANA special-purpose registries
 * (RFC 6890 and its updates) and the documentation of the clouds.
 *
 * @param cidr the block
 * @param name what it is for, for people
 * @param reach what it takes to be allowed there
 */
record AddressRange(Cidr cidr, String name, Reach reach) {

    /** What it takes to be allowed into a range. */
    enum Reach {
        /** Somebody's own network: {@code --allow-private-networks} or an allow-list entry. */
        PRIVATE,
        /** No host lives there: an allow-list entry. */
        RESERVED,
        /** Hands out a machine's secrets to whoever asks: an entry for exactly that address. */
        METADATA
    }

    // First match counts, so single addresses stand before the blocks around them.
    private static final List<AddressRange> ALL =
            List.of(
                    of("169.254.169.254", "cloud metadata service", Reach.METADATA),
                    of("169.254.170.2", "container credentials service", Reach.METADATA),
                    of("169.254.170.23", "pod identity service", Reach.METADATA),
                    of("100.100.100.200", "cloud metadata service", Reach.METADATA),
                    of("192.0.0.192", "cloud metadata service", Reach.METADATA),
                    of("168.63.129.16", "cloud host agent", Reach.METADATA),
                    of("fd00:ec2::254", "cloud metadata service", Reach.METADATA),
                    of("fd00:ec2::23", "pod identity service", Reach.METADATA),
                    of("fd20:ce::254", "cloud metadata service", Reach.METADATA),
                    of("127.0.0.0/8", "loopback", Reach.PRIVATE),
                    of("10.0.0.0/8", "private network", Reach.PRIVATE),
                    of("172.16.0.0/12", "private network", Reach.PRIVATE),
                    of("192.168.0.0/16", "private network", Reach.PRIVATE),
                    of("100.64.0.0/10", "carrier-grade NAT", Reach.PRIVATE),
                    of("169.254.0.0/16", "link-local", Reach.PRIVATE),
                    of("0.0.0.0/8", "this host", Reach.RESERVED),
                    of("192.0.0.0/24", "protocol assignments", Reach.RESERVED),
                    of("192.0.2.0/24", "documentation (TEST-NET-1)", Reach.RESERVED),
                    of("192.88.99.0/24", "6to4 relay", Reach.RESERVED),
                    of("198.18.0.0/15", "benchmarking", Reach.RESERVED),
                    of("198.51.100.0/24", "documentation (TEST-NET-2)", Reach.RESERVED),
                    of("203.0.113.0/24", "documentation (TEST-NET-3)", Reach.RESERVED),
                    of("224.0.0.0/4", "multicast", Reach.RESERVED),
                    of("255.255.255.255", "broadcast", Reach.RESERVED),
                    of("240.0.0.0/4", "reserved", Reach.RESERVED),
                    of("::", "unspecified", Reach.RESERVED),
                    of("::1", "loopback", Reach.PRIVATE),
                    of("fc00::/7", "unique-local", Reach.PRIVATE),
                    of("fe80::/10", "link-local", Reach.PRIVATE),
                    of("fec0::/10", "site-local", Reach.PRIVATE),
                    of("ff00::/8", "multicast", Reach.RESERVED),
                    of("64:ff9b:1::/48", "local-use NAT64", Reach.RESERVED),
                    of("2001::/32", "Teredo", Reach.RESERVED),
                    of("2001:db8::/32", "documentation", Reach.RESERVED),
                    of("2001::/23", "protocol assignments", Reach.RESERVED),
                    of("3fff::/20", "documentation", Reach.RESERVED));

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
    private static final AddressRange NOT_GLOBAL = of("::/0", "not global unicast", Reach.RESERVED);

    private static final Cidr COMPATIBLE = Cidr.parse("::/96");
    private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

    /** The range that the address is in, unless it is plain public Internet. */
    static Optional<AddressRange> around(InetAddress address) {
        for (AddressRange range : ALL) {
            if (range.cidr.contains(address)) {
                return Optional.of(range);
            }
        }
        boolean ipv6 = address.getAddress().length == 16;
        return ipv6 && !GLOBAL_UNICAST.contains(address)
                ? Optional.of(NOT_GLOBAL)
                : Optional.empty();
    }

    /**
     * The IPv4 address that an IPv6 address leads to by way of a gateway. (IPv4-mapped addresses
     * are not among them: {@link InetAddress} already made IPv4 of those.)
     */
    static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(bytes, 2));
        }
        boolean loopbackOrNone = COMPATIBLE.contains(address) && (bytes[12] | bytes[13]) == 0;
        if (NAT64.contains(address)
                || TRANSLATED.contains(address)
                || (COMPATIBLE.contains(address) && !loopbackOrNone)) {
            return Optional.of(ipv4(bytes, 12));
        }
        return Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static AddressRange of(String cidr, String name, Reach reach) {
        return new AddressRange(Cidr.parse(cidr), name, reach);
    }
}
