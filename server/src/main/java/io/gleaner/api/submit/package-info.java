/**
 * From a request to a stored job: every body is read and checked to its end, then handed to {@link
 * io.gleaner.store.Submissions}.
 */
@NullMarked
package io.gleaner.api.submit;

import org.jspecify.annotations.NullMarked;
