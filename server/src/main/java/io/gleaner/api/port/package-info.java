/**
 * What the API is given: its limits, the parts it works with, and the ports that {@code app} fills,
 * because the API knows neither frontier nor politeness.
 */
@NullMarked
package io.gleaner.api.port;

import org.jspecify.annotations.NullMarked;
