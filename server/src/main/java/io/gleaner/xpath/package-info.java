/**
 * XPath 1.0 over jsoup's tree, for expressions that clients give: read, checked for their types,
 * and evaluated within a bounded {@link io.gleaner.select.Effort}.
 *
 * <p>Place in the path: under the extraction. It is our own because the JDK's engine copies the
 * page into a tree of its own and cannot be stopped (ADR 37).
 *
 * <p>Invariants: every node visited, every part of an expression evaluated and every character
 * copied is paid for; node sets are in document order; recursion is over the expression only, whose
 * depth is bounded. Names have no namespaces: prefixes, variables and functions that XPath 1.0 does
 * not have are refused when the expression is read.
 */
@NullMarked
package io.gleaner.xpath;

import org.jspecify.annotations.NullMarked;
