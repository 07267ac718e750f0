package io.gleaner.fetch;

import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses beyond the public ones may be reached.
 *
 * @param privateNetworks loopback, private, shared (CGNAT), link-local and unique-local addresses
 *     too; never the metadata services of clouds
 * @param allowed blocks that are reachable whatever they are; a metadata service only by an entry
 *     for exactly its address, because {@code 169.254.0.0/16} is rarely meant to include it
 */
public record AddressPolicy(boolean privateNetworks, List<Cidr> allowed) {

    public AddressPolicy {
        allowed = List.copyOf(allowed);
    }

    /** Public addresses only. */
    public static AddressPolicy publicOnly() {
        return new AddressPolicy(false, List.of());
    }

    /** What {@code --allow-private-networks} means. */
    public static AddressPolicy withPrivateNetworks() {
        return new AddressPolicy(true, List.of());
    }

    /** Public addresses and these blocks. */
    public static AddressPolicy allowing(String... cidrs) {
        return parse(false, List.of(cidrs));
    }

    /** From settings; a bad entry is an {@link IllegalArgumentException} that shows it. */
    public static AddressPolicy parse(boolean privateNetworks, List<String> cidrs) {
        return new AddressPolicy(privateNetworks, cidrs.stream().map(Cidr::parse).toList());
    }

    boolean allows(InetAddress address, AddressRange range) {
        return switch (range.reach()) {
            case PRIVATE -> privateNetworks || listed(address);
            case RESERVED -> listed(address);
            case METADATA ->
                    allowed.stream().anyMatch(cidr -> cidr.single() && cidr.contains(address));
        };
    }

    private boolean listed(InetAddress address) {
        return allowed.stream().anyMatch(cidr -> cidr.contains(address));
    }
}
