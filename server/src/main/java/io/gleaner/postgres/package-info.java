/**
 * An embedded PostgreSQL: real server programs out of jars, a cluster in the data folder, one
 * process that serves it.
 *
 * <p>Place in the path: {@code app} starts it where no database URL is given; {@code store} does
 * not know the difference. Invariants: one Gleaner per data folder; the server listens on loopback
 * only and asks for a password; a cluster is never written to by another major version.
 *
 * <p>When it fails: {@link io.gleaner.postgres.EmbeddedPostgresException} says cause and cure in
 * one sentence and the data folder is as good as it was. The server does not die with us: the next
 * start adopts it.
 */
@NullMarked
package io.gleaner.postgres;

import org.jspecify.annotations.NullMarked;
