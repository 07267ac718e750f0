package io.gleaner.store;

import java.util.UUID;

/**
 * A worker's hold on one host queue. Whoever acts by a lease that is over changes nothing.
 *
 * @param hostId key of the queue
 * @param host host name, with {@code :port} unless default
 * @param worker who holds it
 * @param number tells it from other leases of this queue by the same worker
 */
public record Lease(long hostId, String host, UUID worker, long number) {}
