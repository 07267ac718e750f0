/**
 * Jobs and their pages as callers see them: status, lists, waits, events, results.
 *
 * <p>Everything is read as of a tenant ({@link io.gleaner.job.JobRef}); results are read in chunks
 * that fit into memory.
 */
@NullMarked
package io.gleaner.api.jobs;

import org.jspecify.annotations.NullMarked;
