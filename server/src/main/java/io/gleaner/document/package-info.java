/**
 * From what a host has sent to what is made of it, whatever its type: HTML as it is, PDF and feeds
 * by way of HTML, text as text.
 */
@NullMarked
package io.gleaner.document;

import org.jspecify.annotations.NullMarked;
