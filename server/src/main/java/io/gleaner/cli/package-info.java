/**
 * The command line: what a person types, and what a person sees.
 *
 * <p>Place in the path: the outermost ring. {@code serve}, {@code crawl} and {@code scrape} start
 * the service in this process ({@link io.gleaner.app.Gleaner}); {@code jobs} talks to a running one
 * over HTTP. Invariants: stdout carries answers only, everything else goes to stderr; a crawl's
 * output folder is written in the order page files, {@code pages.ndjson}, state, so that whatever
 * the state counts is on the disk and the same command goes on from there; exit codes are those of
 * {@link io.gleaner.cli.ExitCodes}.
 *
 * <p>When it fails: one sentence on stderr that names the flag, the file or the address. An output
 * folder that cannot be written stops the crawl and loses nothing, because the job stays in the
 * database.
 */
@NullMarked
package io.gleaner.cli;

import org.jspecify.annotations.NullMarked;
