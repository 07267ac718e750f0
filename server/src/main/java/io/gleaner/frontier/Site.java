package io.gleaner.frontier;

import crawlercommons.domains.EffectiveTldFinder;

/** What belongs together as one site, by host queue name. */
final class Site {

    private Site() {}

    /**
     * The host without {@code www.}: most sites answer under both names and link to either. The
     * scheme plays no part, because a host queue name leaves out the default port of both.
     */
    static String bare(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }

    /**
     * The registrable domain by the Public Suffix List, its private section included, so that two
     * users of one hosting domain are strangers. A host that has none stands for itself: an IP
     * address, {@code localhost}, a public suffix.
     */
    static String registrableDomain(String host) {
        var name = withoutPort(host);
        if (name.startsWith("[") || Ipv4.looksLikeOne(name) || name.indexOf('.') < 0) {
            return host;
        }
        var domain = EffectiveTldFinder.getAssignedDomain(name, true, false);
        if (domain != null) {
            return domain;
        }
        if (EffectiveTldFinder.getEffectiveTLD(name, false) != null) {
            return host; // itself a public suffix
        }
        int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1); // the list's default rule: "*"
        return name.substring(dot + 1);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
