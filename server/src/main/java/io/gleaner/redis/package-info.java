/**
 * Redis: what makes many processes fast together, and never needed.
 *
 * <p>Place in the path: {@link io.gleaner.cache} asks for shared values and messages through its
 * own interfaces, which this package serves with Lettuce. Invariants: nothing here is truth; no
 * caller waits longer than the timeout of a command, and none at all while Redis is known to be
 * away or slow; what was sent before a connection broke is not sent again.
 *
 * <p>When it fails: values are not there, messages are lost and listeners are told so, {@code
 * gleaner.redis.up} is 0. It comes back by itself.
 */
@NullMarked
package io.gleaner.redis;

import org.jspecify.annotations.NullMarked;
