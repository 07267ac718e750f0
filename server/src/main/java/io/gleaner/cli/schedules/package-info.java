/** {@code gleaner schedules}: what a running server begins again and again. */
@NullMarked
package io.gleaner.cli.schedules;

import org.jspecify.annotations.NullMarked;
