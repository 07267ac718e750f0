/**
 * Who may use the API: keys, the tenant that each belongs to, and what it may be used for.
 *
 * <p>Place in the path: {@code api} asks {@link io.gleaner.access.AccessKeys} for the key that a
 * request shows, and every handler works for the tenant of that key. Keys are kept as hashes.
 *
 * <p>When it fails: as every part that asks the database, with {@link
 * io.gleaner.database.DatabaseException}.
 */
@NullMarked
package io.gleaner.access;

import org.jspecify.annotations.NullMarked;
