/**
 * What a job has brought, as files to take away: lines of JSON, tables, Markdown, a web archive.
 *
 * <p>Place in the path: behind it, between {@code store} and those who hand files out. Every format
 * is written straight to a stream in the order of the pages, from the same rows to the same bytes.
 * What must be remembered of each page is a few bytes; what is more goes to a temporary file. When
 * the database or the stream fails the exception passes through and what is written so far is not
 * ended: it must not look complete.
 */
@NullMarked
package io.gleaner.export;

import org.jspecify.annotations.NullMarked;
