/**
 * Takes tasks through their whole path: lease a host queue, get permission, fetch, extract, settle.
 *
 * <p>Place in the path: {@code store.lease -> politeness -> fetch -> extract -> frontier ->
 * store.settle}. One virtual thread serves one host queue ({@link io.gleaner.worker.HostRun}) and
 * starts one more for each task, so politeness towards a host is decided in one place.
 *
 * <p>Invariants: a task in hand is settled exactly once or left in its queue; a queue is released
 * only after all of its tasks in hand are settled; nothing here keeps truth, all of it is in the
 * store. When it fails: a bug in a page's path becomes that page's fault; a lost database stops
 * settling, which is tried again until it is back; a dead worker's leases are rescued by the
 * living.
 */
@NullMarked
package io.gleaner.worker;

import org.jspecify.annotations.NullMarked;
