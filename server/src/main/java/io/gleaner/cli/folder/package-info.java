/**
 * The folder that a crawl writes: one file a page, {@code pages.ndjson} and how far it has come.
 *
 * <p>Invariant: it is written in the order page files, {@code pages.ndjson}, state, so that
 * whatever the state counts is on the disk and the same command goes on from there. A folder that
 * cannot be written stops the crawl and loses nothing, because the job stays in the database.
 */
@NullMarked
package io.gleaner.cli.folder;

import org.jspecify.annotations.NullMarked;
