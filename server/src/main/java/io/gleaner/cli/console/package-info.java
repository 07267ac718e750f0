/**
 * What every command talks to a person with: streams, tables, signals, exit codes, and the one
 * sentence that a command ends in when it fails.
 *
 * <p>Invariant: stdout carries answers only, everything else goes to stderr. When stdout is gone
 * the process ends as one that a closed pipe has ended.
 */
@NullMarked
package io.gleaner.cli.console;

import org.jspecify.annotations.NullMarked;
