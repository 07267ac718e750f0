/**
 * What is asked of rendering, how far it goes, and what it answers. Callers need nothing else of it
 * but {@code Renderer}.
 */
@NullMarked
package io.gleaner.render.port;

import org.jspecify.annotations.NullMarked;
