/**
 * What makes repeated work cheap and waiting short: signals between the parts of the service, and
 * the caches.
 *
 * <p>Place in the path: after a commit the committer signals; waiters wake and read the store.
 * Invariant: a signal carries no truth, so a lost one costs time and never data; every waiter also
 * polls.
 */
@NullMarked
package io.gleaner.cache;

import org.jspecify.annotations.NullMarked;
