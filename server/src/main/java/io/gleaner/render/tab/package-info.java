/**
 * The browsers of this process and their tabs: started, watched, renewed, ended. A {@code Tab}
 * belongs to one job and one host and has one page after the other.
 */
@NullMarked
package io.gleaner.render.tab;

import org.jspecify.annotations.NullMarked;
