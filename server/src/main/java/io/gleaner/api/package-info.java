/**
 * The HTTP surface: submit, watch, read and cancel jobs, scrape one page, map a site, look at a
 * host, health and metrics.
 *
 * <p>By subject: {@code port} (what the API is given), {@code wire} (reading and answering), {@code
 * guard} (who may, how much), {@code jobs} (jobs and pages), {@code submit}, {@code site}, {@code
 * operation}, and the faces for others' clients {@code firecrawl} and {@code mcp}; here they become
 * routes and a server. Each uses only those before it.
 *
 * <p>Place in the path: {@code client -> api -> store}; the parts that need the frontier or the
 * politeness are ports ({@link io.gleaner.api.port.UrlRules}, {@link
 * io.gleaner.api.port.SiteMapper}, {@link io.gleaner.api.port.HostInsight}, {@link
 * io.gleaner.api.port.Readiness}) that {@code app} wires. One blocking handler on one virtual
 * thread per request.
 *
 * <p>Invariants: a submission is read and checked to its end before anything is stored; bodies and
 * results stream, so memory does not grow with their length; every limit has a name in {@link
 * io.gleaner.api.port.ApiConfig}; every answer that is not a success is an RFC 9457 problem with a
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
