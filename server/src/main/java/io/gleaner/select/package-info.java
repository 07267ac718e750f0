/**
 * Expressions that clients give for a page, evaluated within an effort that is bounded: CSS
 * selectors as jsoup reads them. The XPath side is {@link io.gleaner.xpath}.
 *
 * <p>Place in the path: under the extraction, which sets the {@link io.gleaner.select.Effort} and
 * asks for the matches. jsoup still reads and matches each simple selector (a tag, a class, an
 * attribute, a position, a text); what leads from node to node is done here, so that every step is
 * counted.
 *
 * <p>Invariants: nothing is looked at without being paid for; no recursion over the tree, only over
 * the expression; memory is bounded by {@link io.gleaner.select.Scope}.
 *
 * <p>When it fails: an expression that cannot be read is an IllegalArgumentException; effort that
 * is used up is an {@link io.gleaner.select.OverrunException}.
 */
@NullMarked
package io.gleaner.select;

import org.jspecify.annotations.NullMarked;
