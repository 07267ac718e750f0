/**
 * What tests share: {@link io.gleaner.testing.TestSite}, a hostile web site on loopback.
 *
 * <p>Place in the path: the far end of every fetch, in tests only. Invariants: raw sockets, so that
 * an answer can be wrong in any byte; no sleeps; nothing outlives {@code close()}. When a route
 * fails, its connection is reset and the client under test sees that.
 */
@NullMarked
package io.gleaner.testing;

import org.jspecify.annotations.NullMarked;
