/**
 * Chooses the main content of a page, and tells what kind of page it is.
 *
 * <p>Place in the path: after the parse, before the products. {@link
 * io.gleaner.content.MainContent} is the door. {@link io.gleaner.content.Outline} parts the page
 * into blocks and areas in one walk, {@link io.gleaner.content.Features} makes a row of numbers of
 * each block, {@link io.gleaner.content.Model} has what was learned of such rows, and {@code
 * Choice} decides. What is left out is marked in the tree itself.
 *
 * <p>Invariants: no I/O but the model's resource, no chance, no recursion over the tree; time is
 * linear in the blocks. The order of features is the model's: who adds one trains anew ({@code
 * gleaner content train}, {@code docs/main-content.md}). When it fails: the page's effort is
 * overrun, as everywhere.
 */
@NullMarked
package io.gleaner.content;

import org.jspecify.annotations.NullMarked;
