/**
 * Which URLs become tasks: spelling out one form of each URL, what is inside a crawl, and what
 * sitemaps list.
 *
 * <p>Place in the path: the API turns submitted URLs into {@link io.gleaner.job.Candidate}s with
 * {@link io.gleaner.frontier.Urls}; the worker turns the links of a page into candidates with
 * {@link io.gleaner.frontier.Frontier} before it settles the page. Whether a candidate was seen
 * before is the store's question.
 *
 * <p>Invariants: pure functions of their input, immutable and thread-safe, no I/O, no regular
 * expressions but the crawl's own, which run in linear time (RE2). A URL has one normal form, and
 * normalising it again changes nothing.
 *
 * <p>What fails here is input: a submitted URL or a crawl's expression as an {@link
 * IllegalArgumentException} that names value and rule; a link of a page is dropped without a word,
 * because pages are full of broken ones; a broken sitemap yields what could be read, and why it
 * ended.
 */
@NullMarked
package io.gleaner.frontier;

import org.jspecify.annotations.NullMarked;
