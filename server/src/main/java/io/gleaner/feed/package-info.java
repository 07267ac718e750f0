/**
 * Feeds (RSS 0.9 to 2.0, Atom, JSON Feed) as HTML: a heading, and an article for each entry with
 * its link, its date and what it says. So all that is made of a page is made of them too, and a
 * crawl follows their entries. What is no feed is told apart by its first element.
 */
@NullMarked
package io.gleaner.feed;

import org.jspecify.annotations.NullMarked;
