/**
 * The HTTP surface: submit, watch, read and cancel jobs, scrape one page, map a site, look at a
 * host, health and metrics.
 *
 * <p>Place in the path: {@code client -> api -> store}; the parts that need the frontier or the
 * politeness are ports ({@link io.gleaner.api.UrlRules}, {@link io.gleaner.api.SiteMapper}, {@link
 * io.gleaner.api.HostInsight}, {@link io.gleaner.api.Readiness}) that {@code app} wires. One
 * blocking handler on one virtual thread per request.
 *
 * <p>Invariants: a submission is read and checked to its end before anything is stored; bodies and
 * results stream, so memory does not grow with their length; every limit has a name in {@link
 * io.gleaner.api.ApiConfig}; every answer that is not a success is an RFC 9457 problem with a
 * stable code; {@code openapi.yaml} describes every route and a test holds it against them.
 *
 * <p>When it fails: a store that is down is a 503 that may be repeated; an unexpected exception is
 * a 500 with an id that is also in the log; a client that goes away ends its handler at the next
 * write. Closing lets running requests end, bounded, and cuts streams so that their readers notice
 * and resume by cursor.
 */
@NullMarked
package io.gleaner.api;

import org.jspecify.annotations.NullMarked;
