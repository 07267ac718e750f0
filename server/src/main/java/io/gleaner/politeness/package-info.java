/**
 * Restraint towards one host: what its robots.txt forbids, how far apart requests start, how many
 * are in flight, and how long a struggling host is left alone.
 *
 * <p>Place in the path: the worker asks {@link io.gleaner.politeness.Robots} for permission and
 * {@link io.gleaner.politeness.HostPace} for a turn before each request, and tells the pace how the
 * visit went. robots.txt is loaded through {@link io.gleaner.politeness.RobotsSource}, which the
 * worker implements with the same guarded fetcher that loads pages.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Never more requests in flight to a host than its slots; one only when there is a delay.
 *   <li>Crawl delay and backoff are two clocks; the later one counts.
 *   <li>An error never makes the pace faster.
 *   <li>One robots.txt load per origin at a time, however many threads ask.
 *   <li>Every cache is bounded; nothing here sleeps or does I/O of its own.
 * </ul>
 *
 * <p>What fails here fails closed: a robots.txt that cannot be read (5xx, 429, network, a bug in
 * the source) forbids its origin for {@link io.gleaner.politeness.PolitenessConfig#robotsRetry()}.
 * State lost in a crash costs a second load and a slow start; the backoff of a host is also in the
 * database.
 */
@NullMarked
package io.gleaner.politeness;

import org.jspecify.annotations.NullMarked;
