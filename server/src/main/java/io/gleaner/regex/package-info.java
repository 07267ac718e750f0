/**
 * RE2 expressions that clients give: linear time in the text, and a size that is known before they
 * are compiled. Used by whatever takes such an expression; nothing here knows a page or a URL.
 */
@NullMarked
package io.gleaner.regex;

import org.jspecify.annotations.NullMarked;
