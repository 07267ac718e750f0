/**
 * Who may ask, and how much at once: keys, origins, streams, the way a server goes; and what is
 * said when something went wrong.
 *
 * <p>Filters run in the order that {@link io.gleaner.api.ApiServer} gives them: the log first, so
 * that what is refused is counted, too.
 */
@NullMarked
package io.gleaner.api.guard;

import org.jspecify.annotations.NullMarked;
