/**
 * The command line: what a person types, and what a person sees.
 *
 * <p>Place in the path: the outermost ring. {@code serve}, {@code crawl} and {@code scrape} start
 * the service in this process ({@link io.gleaner.app.Gleaner}); {@code jobs} talks to a running one
 * over HTTP. Each subject has a package: {@code crawl} with its {@code folder}, {@code jobs},
 * {@code operate}, {@code develop}; they share {@code option} and {@code console}. Invariants:
 * stdout carries answers only, everything else goes to stderr; exit codes are those of {@link
 * io.gleaner.cli.console.ExitCodes}.
 *
 * <p>When it fails: one sentence on stderr that names the flag, the file or the address.
 */
@NullMarked
package io.gleaner.cli;

import org.jspecify.annotations.NullMarked;
