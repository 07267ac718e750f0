/**
 * Commands of whoever works on Gleaner: tests, measurements and the training of its JVM. Most are
 * done by the launcher and the measuring kit, and are here so that the help lists them.
 */
@NullMarked
package io.gleaner.cli.develop;

import org.jspecify.annotations.NullMarked;
