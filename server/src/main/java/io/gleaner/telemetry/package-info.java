/**
 * What an operator sees: one meter registry, its Prometheus text, and the log context.
 *
 * <p>Place in the path: created first, handed to every part that counts something, closed last.
 * Invariants: tag values come from small closed sets (route templates, status classes, names in the
 * code), never from a URL, a host or an id, so the number of time series is bounded. It does no I/O
 * but reading {@code /proc/self}; where that is missing a gauge is NaN and nothing fails.
 */
@NullMarked
package io.gleaner.telemetry;

import org.jspecify.annotations.NullMarked;
