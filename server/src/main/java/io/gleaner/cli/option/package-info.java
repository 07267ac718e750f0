/**
 * Options that several commands share, and the values they take.
 *
 * <p>What fails here is input: one sentence that names the option, the value and what is accepted.
 */
@NullMarked
package io.gleaner.cli.option;

import org.jspecify.annotations.NullMarked;
