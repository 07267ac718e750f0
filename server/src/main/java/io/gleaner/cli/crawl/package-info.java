/**
 * {@code gleaner crawl} and {@code gleaner scrape}: pages onto this machine, and how it goes
 * meanwhile.
 *
 * <p>When they fail: the job stays in the database, and the same command goes on.
 */
@NullMarked
package io.gleaner.cli.crawl;

import org.jspecify.annotations.NullMarked;
