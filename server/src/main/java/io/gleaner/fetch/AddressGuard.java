package io.gleaner.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps requests away from addresses that the policy does not open: our own machine, the networks
 * around it, the metadata services of clouds.
 *
 * <p>A page decides where a redirect or a link leads, so any of them may try to make us ask our own
 * network. A host is judged before DNS (literals in every spelling, reserved names), and every
 * address again after it.
 */
public final class AddressGuard {

    private static final Set<String> LOOPBACK_NAMES =
            Set.of(
                    "localhost",
                    "localhost.localdomain",
                    "localhost4",
                    "localhost6",
                    "ip6-localhost",
                    "ip6-loopback");
    private static final Set<String> METADATA_NAMES =
            Set.of(
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "metadata.azure.internal",
                    "metadata.tencentyun.com",
                    "instance-data",
                    "instance-data.ec2.internal");

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress METADATA = InetAddress.ofLiteral("169.254.169.254");

    private final AddressPolicy policy;
    private final Resolver resolver;

    public AddressGuard(AddressPolicy policy) {
        this(policy, Resolver.system());
    }

    public AddressGuard(AddressPolicy policy, Resolver resolver) {
        this.policy = policy;
        this.resolver = resolver;
    }

    /** Why the address may not be reached; empty when it may. */
    public Optional<String> refuse(InetAddress address) {
        Optional<InetAddress> behind = AddressRange.embedded(address);
        if (behind.isPresent()) {
            return refuse(behind.get())
                    .map(why -> "%s leads to %s".formatted(address.getHostAddress(), why));
        }
        return AddressRange.around(address)
                .filter(range -> !policy.allows(address, range))
                .map(range -> explain(address.getHostAddress(), range));
    }

    /**
     * Why a URL with this host may not be asked, as far as can be said without DNS; empty when DNS
     * has to tell.
     *
     * @param host as in a URL: a name, IPv4 in any spelling, IPv6 with or without brackets
     */
    public Optional<String> refuseHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.indexOf(':') >= 0) {
            return refuseIpv6(name);
        }
        if (Ipv4Literal.looksLikeOne(name)) {
            return Ipv4Literal.parse(name)
                    .map(this::refuse)
                    .orElseGet(() -> Optional.of(host + " is not an IPv4 address"));
        }
        return refuseName(stripDots(name));
    }

    /** The addresses of a host, all of them checked: one bad answer condemns the host. */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.copyOf(resolver.lookup(host));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            Optional<String> why = refuse(address);
            if (why.isPresent()) {
                throw new ForbiddenAddressException("%s is %s".formatted(host, why.get()));
            }
        }
        return addresses;
    }

    /** Throws unless the address may be reached. */
    void check(InetAddress address) throws ForbiddenAddressException {
        Optional<String> why = refuse(address);
        if (why.isPresent()) {
            throw new ForbiddenAddressException(why.get());
        }
    }

    private Optional<String> refuseIpv6(String literal) {
        if (literal.indexOf('%') >= 0) {
            return Optional.of(literal + " has a zone, which means nothing outside this machine");
        }
        try {
            return refuse(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.of(literal + " is not an IPv6 address");
        }
    }

    private Optional<String> refuseName(String name) {
        if (LOOPBACK_NAMES.contains(name) || name.endsWith(".localhost")) {
            return refuse(LOOPBACK).map(why -> "%s is %s".formatted(name, why));
        }
        if (METADATA_NAMES.contains(name)) {
            return refuse(METADATA).map(why -> "%s is %s".formatted(name, why));
        }
        return Optional.empty();
    }

    private static String stripDots(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }

    private static String explain(String address, AddressRange range) {
        String cure =
                switch (range.reach()) {
                    case PRIVATE ->
                            "allow it with --allow-private-networks or an entry in the allow-list";
                    case RESERVED -> "only an entry in the allow-list opens it";
                    case METADATA ->
                            "only an entry for exactly this address in the allow-list opens it";
                };
        return "%s (%s, %s): %s".formatted(address, range.name(), range.cidr(), cure);
    }
}
