/**
 * From a URL to a decoded body: one GET, its redirects, its limits.
 *
 * <p>Place in the path: after politeness has granted the visit, before extraction. The worker, the
 * robots.txt loader and the sitemap reader all come through {@link io.gleaner.fetch.Fetcher}, so
 * all pass the same {@link io.gleaner.fetch.AddressGuard}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No socket is opened to an address that the guard refuses. It looks three times: at the host
 *       of every URL and redirect, at every answer of DNS, and at the address a socket is about to
 *       connect to. OkHttp's {@code HttpUrl} is the only URL parser, so what is checked is what is
 *       connected.
 *   <li>Nothing is unbounded: time (connect, first byte, whole), bytes (as sent and decompressed),
 *       redirects, stacked encodings, cookies. Every response is closed on every path.
 *   <li>Fetches share connections and nothing else: cookies live and die with one fetch.
 *   <li>A kept HTTP/1.1 connection with anything to be read on it carries no request, and what is
 *       behind an answer's end is no answer ({@link io.gleaner.fetch.QuietConnections}).
 *   <li>No proxy is picked up from the environment.
 * </ul>
 *
 * <p>What fails here is expected, and is a value: {@link io.gleaner.fetch.FetchOutcome}. An
 * exception is a bug, except {@link InterruptedException}, which cancels the request. Call from a
 * virtual thread: there an interrupt also wakes a thread that waits for the network.
 */
@NullMarked
package io.gleaner.fetch;

import org.jspecify.annotations.NullMarked;
