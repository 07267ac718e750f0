/**
 * What an object store has to know of the database: which part of it is ours, and which jobs there
 * are.
 */
@NullMarked
package io.gleaner.store.objects;

import org.jspecify.annotations.NullMarked;
