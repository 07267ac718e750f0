/**
 * Turns one fetched document into the parts of a page: Markdown, cleaned HTML, text, links, images,
 * metadata and fields.
 *
 * <p>Place in the path: after the fetch, before the store. {@link io.gleaner.extract.Extractor} is
 * the only door. One parse a page, one {@link io.gleaner.extract.PageScan} over the whole tree,
 * then one walk for each product that was asked for. What the selection leaves out is marked in the
 * tree itself (by a tag of our own), so no product needs a copy of it.
 *
 * <p>Invariants: no I/O, no state between pages, no recursion over the tree. jsoup cuts the tree at
 * {@link io.gleaner.extract.ExtractConfig#depthMax}; deeper elements become siblings and no text is
 * lost. Every walk and every expression takes its steps from one {@link io.gleaner.select.Effort},
 * which also heeds the page's timeout, an interrupt, and others who wait for the thread.
 *
 * <p>When it fails: a limit that is met is an {@link io.gleaner.extract.ExtractionException} that
 * names it; a bad selector is refused by {@link io.gleaner.extract.Extractor#validate} before
 * anything is stored. Anything else thrown is a bug.
 */
@NullMarked
package io.gleaner.extract;

import org.jspecify.annotations.NullMarked;
