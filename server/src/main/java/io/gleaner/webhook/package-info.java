/**
 * Tells receivers what becomes of jobs: one message after the other, signed, again until it
 * arrives.
 *
 * <p>Place in the path: behind it. The events of a job are its own row and its pages, as settlement
 * stored them, so none is lost and none is invented; {@code store} remembers how far each receiver
 * is. A message whose answer was lost is sent again under the same id. When the database cannot be
 * used nothing is told until it can. A receiver that hangs, fails or is gone costs itself only.
 */
@NullMarked
package io.gleaner.webhook;

import org.jspecify.annotations.NullMarked;
