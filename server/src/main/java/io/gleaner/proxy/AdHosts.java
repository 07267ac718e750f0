package io.gleaner.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Well-known hosts of advertisements and trackers, which a page does not reach. */
public final class AdHosts {

    private static final String LIST = "/ad-hosts.txt";
    private static final Set<String> KNOWN = read();
    private static final AdHosts NONE = new AdHosts(Set.of(), "");

    private final Set<String> hosts;
    private final String page;

    private AdHosts(Set<String> hosts, String page) {
        this.hosts = hosts;
        this.page = page;
    }

    /** Nothing is kept from the page. */
    public static AdHosts none() {
        return NONE;
    }

    /**
     * All that are known, unless the page itself is there.
     *
     * @param authority host of the page, and maybe its port
     */
    public static AdHosts besides(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        return new AdHosts(KNOWN, host.toLowerCase(Locale.ROOT));
    }

    /** Whether this host, or one that it is below, is kept from the page. */
    boolean block(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return !name.equals(page) && isOrIsBelowOne(name);
    }

    private boolean isOrIsBelowOne(String name) {
        for (String rest = name; !rest.isEmpty(); rest = parent(rest)) {
            if (hosts.contains(rest)) {
                return true;
            }
        }
        return false;
    }

    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static Set<String> read() {
        try (InputStream in = AdHosts.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
