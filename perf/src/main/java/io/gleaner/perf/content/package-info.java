/**
 * Learns how main content is chosen, and judges it, from pages whose main content people agreed on.
 *
 * <p>Place in the path: {@code gleaner content train} writes the model that {@code
 * io.gleaner.content} has as a resource; {@code gleaner content judge} scores it, in folds by
 * domain. Invariants: what is summed up over pages is summed up in whole numbers, so that their
 * order does not matter; nothing of the pages gets into the program but numbers. When it fails: a
 * set that cannot be read is an {@link java.io.IOException} that names the file.
 */
@NullMarked
package io.gleaner.perf.content;

import org.jspecify.annotations.NullMarked;
