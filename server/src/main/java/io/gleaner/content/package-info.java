/** Chooses the main content of a page. */
@NullMarked
package io.gleaner.content;

import org.jspecify.annotations.NullMarked;
