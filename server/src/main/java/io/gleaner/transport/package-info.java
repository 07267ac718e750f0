/**
 * Between the sockets and the API: how many connections there may be, how long each may be waited
 * for, which version of HTTP it speaks, and a port for probes that depends on none of that.
 *
 * <p>Place in the path: {@code client -> transport -> api}. {@link
 * io.gleaner.transport.GuardedSelector} is what the HTTP server asks for each connection; it wraps
 * the server's own HTTP/1.1 and looks at no byte of it but the first line. {@link
 * io.gleaner.transport.ProbeServer} shares nothing with it: neither threads nor connections.
 *
 * <p>Invariants: what a client does not send or does not read is waited for as long as {@link
 * io.gleaner.transport.ConnectionLimits} says and no longer; a connection over a cap is told so on
 * its own thread, so that it never holds up the next one; a request of HTTP/1.0 reaches the server
 * as one of HTTP/1.1 whose end is where its Content-Length says, or not at all.
 *
 * <p>When it fails: a connection that is overdue is closed without an answer, since nothing tells
 * whether the client would read one.
 */
@NullMarked
package io.gleaner.transport;

import org.jspecify.annotations.NullMarked;
