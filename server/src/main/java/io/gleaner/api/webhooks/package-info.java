/**
 * {@code /api/webhooks} and {@code /api/jobs/{id}/webhook}: how far receivers are, and telling them
 * again.
 *
 * <p>Place in the path: beside it. Translates HTTP and decides nothing; what fails here fails one
 * request.
 */
@NullMarked
package io.gleaner.api.webhooks;

import org.jspecify.annotations.NullMarked;
