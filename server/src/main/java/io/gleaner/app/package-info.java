/**
 * The service in one process: every setting, and the wiring of all parts.
 *
 * <p>Place in the path: {@code cli} starts it, everything else is started by it. Invariant: what
 * was started is closed again, in the reverse order. When a part cannot start, what was started
 * before it is closed and a {@link io.gleaner.app.StartException} says why in one sentence.
 */
@NullMarked
package io.gleaner.app;

import org.jspecify.annotations.NullMarked;
