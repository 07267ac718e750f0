/**
 * The way out of the browser: a forward proxy in this process, past which no byte of it goes.
 *
 * <p>Place in the path: between {@link io.gleaner.browser} and the network. {@link
 * io.gleaner.render} opens one entrance for each context of the browser and says before each page
 * what it may use.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Every host is looked at, resolved and connected to by {@link
 *       io.gleaner.fetch.GuardedConnector}, the guard of plain fetches: the browser itself resolves
 *       no name and opens no connection.
 *   <li>A connection carries one plain request or one tunnel, so no bytes can reach another host
 *       than the one that was looked at.
 *   <li>What a page may use is bounded: requests, connections at once, bytes both ways. Over the
 *       limit everything of it is cut.
 *   <li>Entrances are on loopback, each with a port of its own, and serve only while a page is
 *       under way.
 * </ul>
 *
 * <p>When it fails: the page sees a connection that ends; why is remembered by host ({@link
 * io.gleaner.proxy.Entrance#denial}), so that the page's fault can name it.
 */
@NullMarked
package io.gleaner.proxy;

import org.jspecify.annotations.NullMarked;
