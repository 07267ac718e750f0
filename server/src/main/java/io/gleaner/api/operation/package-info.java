/**
 * What an operator asks of every process: health, metrics, profiles, the description of the API.
 */
@NullMarked
package io.gleaner.api.operation;

import org.jspecify.annotations.NullMarked;
