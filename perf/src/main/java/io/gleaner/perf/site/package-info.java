/**
 * The web site that benches crawl: N pages with a link graph over up to 10,000 hosts of loopback.
 *
 * <p>Place in the path: a process of its own, started by a bench; {@link
 * io.gleaner.perf.site.SiteMain} is its entry point. Invariants: everything about a page (host,
 * links, size, latency, whether it errs) is a function of the plan's seed and the page's number, so
 * two runs meet the same site; every request is counted; only peers on loopback are answered.
 *
 * <p>When it fails: a broken connection ends that connection and nothing else.
 */
@NullMarked
package io.gleaner.perf.site;

import org.jspecify.annotations.NullMarked;
