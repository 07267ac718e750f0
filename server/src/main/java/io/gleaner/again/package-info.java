/**
 * Tells what has become of a page since it was crawled before: whether it says something else, and
 * what.
 *
 * <p>Place in the path: between {@code extract} and {@code store.settle}, for jobs that crawl again
 * what an earlier job did. Works on values alone. A difference that would take too long to find or
 * to read is not told; that the page has changed is told all the same.
 */
@NullMarked
package io.gleaner.again;

import org.jspecify.annotations.NullMarked;
