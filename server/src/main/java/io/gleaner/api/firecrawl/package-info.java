/**
 * Firecrawl's HTTP API ({@code /v2}, and what its SDKs still call of {@code /v1}) as a translation
 * onto our own jobs: bodies become {@link io.gleaner.api.submit.Submission}s, pages become
 * documents.
 *
 * <p>Nothing is stored that an own job does not store. An option that is not honoured is accepted
 * and named in {@code warning}, unless the result would be another than was asked for; then the
 * request is refused with the reason.
 *
 * <p>What goes wrong is thrown as everywhere; {@link io.gleaner.api.wire.Face} writes it as these
 * clients read it.
 */
@NullMarked
package io.gleaner.api.firecrawl;

import org.jspecify.annotations.NullMarked;
