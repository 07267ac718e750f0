/**
 * A Chromium that this process runs and speaks to: finding it, its flags, its life, its processes,
 * and the Chrome DevTools Protocol over a pipe.
 *
 * <p>Place in the path: below {@link io.gleaner.render}, which knows what a page is; this package
 * knows commands, answers and events only.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The browser has no port. It reads commands from a pipe of ours and ends when we do.
 *   <li>Nothing that it says or leaves unsaid holds anybody up: every command has a time, writing
 *       is a thread's own business, and what waits to be written is bounded.
 *   <li>Its environment has nothing of ours, its folder is its own, and closing takes both away
 *       with every process of its tree.
 * </ul>
 *
 * <p>When it fails: a command that is refused, late or asked of a browser that is gone is a {@link
 * io.gleaner.browser.DevToolsException} that says which of the three.
 */
@NullMarked
package io.gleaner.browser;

import org.jspecify.annotations.NullMarked;
