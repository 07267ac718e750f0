/**
 * Pages as a browser shows them: one page in, the document that its scripts made of it out.
 *
 * <p>Place in the path: where {@link io.gleaner.fetch} is for plain pages, and with its words: what
 * comes of a page is a {@link io.gleaner.fetch.FetchOutcome} whose body is the document as it
 * stands, so that everything after it is the same. {@link io.gleaner.browser} is how it speaks to
 * the browser, {@link io.gleaner.proxy} how the browser reaches the network.
 *
 * <p>Where to look: {@code Renderer} takes a page through a {@code Visit}. What is asked of it and
 * what it answers is in {@code port}; browsers with their tabs are in {@code tab}; what is loaded
 * and when it has come to rest in {@code document}; what is done on a page and made of it in {@code
 * act}. Each of these may use those before it.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The browser starts for the first page that needs it, and ends when none has come for a
 *       while. It is renewed after a number of pages.
 *   <li>A context of the browser belongs to one job and one host. Its tab is used for one page
 *       after the other, with cookies and storage removed in between.
 *   <li>Before the main document and each redirect of it, by the host or by a script, the gate is
 *       asked. Headers of the caller that may be a secret go to the first origin only.
 *   <li>Tabs, time, requests, bytes, nodes, characters and memory are bounded.
 * </ul>
 *
 * <p>When it fails: a page that hangs, crashes, or takes too much is a named fault of that page,
 * and its context is thrown away. When the browser dies, or freezes, its pages are tried once more
 * in a new one.
 */
@NullMarked
package io.gleaner.render;

import org.jspecify.annotations.NullMarked;
