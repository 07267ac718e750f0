/**
 * Keeps secrets of callers from whoever reads the database: authenticated encryption, and the keys
 * for it, which are never in the database.
 *
 * <p>Place in the path: {@code store} seals what a job was given on its way in, and opens it for
 * the worker that fetches.
 *
 * <p>When it fails: {@link io.gleaner.seal.SealException} names what is missing and the cure.
 */
@NullMarked
package io.gleaner.seal;

import org.jspecify.annotations.NullMarked;
