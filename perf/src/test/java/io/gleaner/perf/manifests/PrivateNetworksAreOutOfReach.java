package io.gleaner.perf.manifests;

import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.AddressPolicy;
import io.gleaner.fetch.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pods that fetch are fenced in: the addresses that they are allowed hold none that the product's
 * own guard refuses, and by labels they reach DNS, PostgreSQL and Redis only.
 */
final class PrivateNetworksAreOutOfReach implements Rule {

    /** First or last ones of each range. */
    private static final List<String> PRIVATE =
            List.of(
                    "0.0.0.1",
                    "10.0.0.0",
                    "10.255.255.255",
                    "100.64.0.0",
                    "100.127.255.255",
                    "127.0.0.1",
                    "168.63.129.16",
                    "169.254.169.254",
                    "172.16.0.0",
                    "172.31.255.255",
                    "192.0.0.192",
                    "192.168.0.0",
                    "192.168.255.255",
                    "198.18.0.1",
                    "224.0.0.1",
                    "255.255.255.255",
                    "::1",
                    "::ffff:0:a00:1",
                    "64:ff9b::a00:1",
                    "2001::1",
                    "2002:a00:1::1",
                    "2001:db8::1",
                    "3fff::1",
                    "fc00::1",
                    "fd00:ec2::254",
                    "fe80::1",
                    "ff02::1");

    private static final Set<String> STORES = Set.of("53", "5432", "6379");

    private final AddressGuard guard = new AddressGuard(AddressPolicy.publicOnly());

    @Override
    public Stream<Finding> check(Cluster cluster) {
        return cluster.workloads().flatMap(workload -> check(cluster, workload)).distinct();
    }

    private Stream<Finding> check(Cluster cluster, Workload workload) {
        List<Manifest> policies =
                cluster.of("NetworkPolicy").filter(it -> limitsEgress(it, workload)).toList();
        if (policies.isEmpty()) {
            return Stream.of(workload.manifest().top().wrong("no NetworkPolicy limits its egress"));
        }
        return policies.stream()
                .flatMap(it -> it.at("spec", "egress").items().stream())
                .flatMap(this::way);
    }

    private static boolean limitsEgress(Manifest policy, Workload workload) {
        return new Selector(policy.at("spec", "podSelector")).matches(workload.labels())
                && policy.at("spec", "policyTypes").items().stream()
                        .anyMatch(it -> it.text().equals("Egress"));
    }

    private Stream<Finding> way(Place way) {
        List<Place> to = way.at("to").items();
        if (to.isEmpty()) {
            return Stream.of(way.at("to").wrong("is missing: everything may be reached"));
        }
        return to.stream()
                .flatMap(
                        it ->
                                it.at("ipBlock").isThere()
                                        ? block(it.at("ipBlock"))
                                        : stores(way.at("ports")));
    }

    private Stream<Finding> block(Place block) {
        return PRIVATE.stream()
                .map(InetAddress::ofLiteral)
                .filter(address -> guard.refuse(address).isPresent())
                .filter(address -> allows(block, address))
                .map(it -> block.wrong("lets pods reach " + it.getHostAddress()));
    }

    private static boolean allows(Place block, InetAddress address) {
        return Cidr.parse(block.at("cidr").text()).contains(address)
                && block.at("except").items().stream()
                        .noneMatch(it -> Cidr.parse(it.text()).contains(address));
    }

    private static Stream<Finding> stores(Place ports) {
        boolean onlyStores =
                !ports.items().isEmpty()
                        && ports.items().stream()
                                .allMatch(it -> STORES.contains(it.at("port").text()));
        return onlyStores
                ? Stream.empty()
                : Stream.of(ports.wrong("must be those of DNS, PostgreSQL or Redis"));
    }
}
