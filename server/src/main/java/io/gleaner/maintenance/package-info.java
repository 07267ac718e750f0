/**
 * Chores that keep the service healthy whoever dies: the rescue of dead workers' queues and the
 * sweep of ended jobs' tasks.
 *
 * <p>Place in the path: beside it. Every process may run the chores; each is a transaction that is
 * harmless when repeated, so nobody needs to be elected. When a chore fails it is logged and tried
 * again in the next round.
 */
@NullMarked
package io.gleaner.maintenance;

import org.jspecify.annotations.NullMarked;
