/**
 * The large parts of pages: what came over the wire, pictures, PDFs. They lie in the database, or
 * in an object store when the installation has one.
 *
 * <p>Place in the path: between a task's verdict and its settlement. An object is durable before
 * the row that names it commits; a crash between the two leaves an object without a row, which goes
 * with its job's folder: {@link io.gleaner.bodies.Leftovers}.
 *
 * <p>When the object store is away, what has bodies waits with them in hand, holding its share of
 * the memory's budget; no attempt is lost, and other pages are settled meanwhile.
 */
@NullMarked
package io.gleaner.bodies;

import org.jspecify.annotations.NullMarked;
