/**
 * The dashboard at {@code /}: its files, and what it shows that no other operation tells. All else
 * it reads as any client does.
 *
 * <p>Its files are the same for everybody and hold no data; who may see what is decided by the
 * operations it calls.
 */
@NullMarked
package io.gleaner.api.dashboard;

import org.jspecify.annotations.NullMarked;
