/**
 * Commands of whoever runs Gleaner: keys, database, cache, Redis, browser, profiles.
 *
 * <p>When one fails: one sentence that names what it could not reach.
 */
@NullMarked
package io.gleaner.cli.operate;

import org.jspecify.annotations.NullMarked;
