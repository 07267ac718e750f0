package io.gleaner.proxy;

/**
 * What one page may use of the network.
 *
 * @param requestsMax plain requests and tunnels opened
 * @param connectionsMax at once
 * @param bytesMax both ways together
 */
public record PageLimits(int requestsMax, int connectionsMax, long bytesMax) {

    public PageLimits {
        if (requestsMax < 1 || connectionsMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }

    /** 1,000 requests, 256 at once, 100 MiB. */
    public static PageLimits standard() {
        return new PageLimits(1_000, 256, 100L << 20);
    }
}
