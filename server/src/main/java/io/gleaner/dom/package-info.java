/**
 * What elements are to a reader, which of them a reader sees, and a walk over a tree of any depth.
 *
 * <p>Place in the path: under everything that reads a parsed page. Invariants: no state, no
 * recursion.
 */
@NullMarked
package io.gleaner.dom;

import org.jspecify.annotations.NullMarked;
