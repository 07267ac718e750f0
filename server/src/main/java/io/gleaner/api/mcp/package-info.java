/**
 * Assistants reach the service here: the Model Context Protocol over streamable HTTP, without
 * sessions, so that any process answers any message.
 *
 * <p>A tool's arguments are a body of our own API, read and refused by the same code; what goes
 * wrong is told to the assistant as text that it can act on. Answers have a bounded length and say
 * how to go on.
 */
@NullMarked
package io.gleaner.api.mcp;

import org.jspecify.annotations.NullMarked;
