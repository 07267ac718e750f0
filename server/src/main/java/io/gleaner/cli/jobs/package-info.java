/**
 * {@code gleaner jobs}: the jobs of a running Gleaner, over HTTP.
 *
 * <p>When it fails: one sentence that names the address, and what the server said.
 */
@NullMarked
package io.gleaner.cli.jobs;

import org.jspecify.annotations.NullMarked;
