/**
 * Writes a parsed page as Markdown, clean HTML and text, with its addresses absolute.
 *
 * <p>Place in the path: the end of {@code extract}. Each writer walks the roots it is given once
 * ({@code dom.TreeWalk}), and passes over what {@code dom.Visibility} hides. Invariants: no state
 * between pages, no recursion over the tree (a formula's depth is bounded), no text of a page
 * becomes markup of ours. When it fails: a product that is longer than {@link
 * io.gleaner.write.Limits} allows is an {@link io.gleaner.select.OverrunException}.
 */
@NullMarked
package io.gleaner.write;

import org.jspecify.annotations.NullMarked;
