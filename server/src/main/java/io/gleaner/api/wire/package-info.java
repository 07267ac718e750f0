/**
 * How requests are read and answers are written, whatever they are about: JSON value by value,
 * queries, bodies of a bounded length, problems.
 *
 * <p>It knows no job and no part of the product; what is wrong with a request is thrown as a {@link
 * io.gleaner.api.wire.ProblemException}, before anything is stored.
 */
@NullMarked
package io.gleaner.api.wire;

import org.jspecify.annotations.NullMarked;
