/**
 * One document in a tab: {@code MainDocument} decides what is loaded, {@code PageEvents} waits
 * until it has come to rest, {@code Scripts} asks it, a {@code Snapshot} is what is taken. A page
 * that ends before is a {@code VisitOver} or, where its process ended, a {@code PageLost}.
 */
@NullMarked
package io.gleaner.render.document;

import org.jspecify.annotations.NullMarked;
