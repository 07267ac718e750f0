package io.gleaner.perf.site;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What the site is like.
 *
 * @param pages numbered from 0
 * @param hosts page n is on host n modulo this; each has an address 127.x.y.z of its own
 * @param links to as many children in the tree of pages, beside one link back and one across
 * @param sizeMin bytes of a page's text, spread evenly up to {@code sizeMax}
 * @param latencyMin pause before an answer, spread evenly up to {@code latencyMax}
 * @param errorRate share of the pages, page 0 aside, that are 404
 */
public record SitePlan(
        int pages,
        int hosts,
        int links,
        int sizeMin,
        int sizeMax,
        Duration latencyMin,
        Duration latencyMax,
        double errorRate,
        long seed) {

    public static final int PAGES_MAX = 20_000_000;
    public static final int HOSTS_MAX = 10_000;
    public static final int SIZE_MAX = 1_000_000;

    private static final int HOSTS_PER_OCTET = 250;
    private static final int FIELDS = 9;

    public SitePlan {
        require(pages >= 1 && pages <= PAGES_MAX, "pages", pages);
        require(hosts >= 1 && hosts <= HOSTS_MAX, "hosts", hosts);
        require(links >= 1 && links <= 100, "links", links);
        require(sizeMin >= 0 && sizeMin <= sizeMax, "sizeMin", sizeMin);
        require(sizeMax <= SIZE_MAX, "sizeMax", sizeMax);
        require(
                !latencyMin.isNegative() && latencyMin.compareTo(latencyMax) <= 0,
                "latencyMin",
                latencyMin);
        require(errorRate >= 0 && errorRate < 1, "errorRate", errorRate);
    }

    /** Pages of 2 to 16 KB without pause or error. */
    public static SitePlan of(int pages, int hosts) {
        return new SitePlan(pages, hosts, 8, 2_000, 16_000, Duration.ZERO, Duration.ZERO, 0, 1);
    }

    public SitePlan withLatency(Duration min, Duration max) {
        return new SitePlan(pages, hosts, links, sizeMin, sizeMax, min, max, errorRate, seed);
    }

    public SitePlan withSize(int min, int max) {
        return new SitePlan(pages, hosts, links, min, max, latencyMin, latencyMax, errorRate, seed);
    }

    public SitePlan withErrorRate(double rate) {
        return new SitePlan(
                pages, hosts, links, sizeMin, sizeMax, latencyMin, latencyMax, rate, seed);
    }

    /** The address of host {@code h}. */
    public static String address(int h) {
        return "127.1.%d.%d".formatted(h / HOSTS_PER_OCTET, 1 + h % HOSTS_PER_OCTET);
    }

    /** The address of page {@code n} when the site listens on that port. */
    public URI url(int n, int port) {
        return URI.create("http://%s:%d/p/%d".formatted(address(n % hosts), port, n));
    }

    /** The plan as words of a command line. */
    public List<String> arguments() {
        return List.of(
                String.valueOf(pages),
                String.valueOf(hosts),
                String.valueOf(links),
                String.valueOf(sizeMin),
                String.valueOf(sizeMax),
                latencyMin.toString(),
                latencyMax.toString(),
                String.valueOf(errorRate),
                String.valueOf(seed));
    }

    /** The inverse of {@link #arguments()}. */
    public static SitePlan parse(List<String> arguments) {
        if (arguments.size() != FIELDS) {
            throw new IllegalArgumentException("a plan has %d fields".formatted(FIELDS));
        }
        return new SitePlan(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Integer.parseInt(arguments.get(4)),
                Duration.parse(arguments.get(5)),
                Duration.parse(arguments.get(6)),
                Double.parseDouble(arguments.get(7)),
                Long.parseLong(arguments.get(8)));
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("not a usable %s: %s".formatted(what, value));
        }
    }
}
