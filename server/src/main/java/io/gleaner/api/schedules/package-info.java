/**
 * {@code /api/schedules}: jobs that are begun again and again. Translates HTTP; what is due is
 * begun by {@code schedule}.
 */
@NullMarked
package io.gleaner.api.schedules;

import org.jspecify.annotations.NullMarked;
