package io.gleaner.extract;

import org.jsoup.nodes.Element;

/** A list item or a quote: what its lines begin with. */
final class Container {

    final Element owner;
    final String first;
    final String rest;

    /** Whether its first line was written, so that the others follow with {@link #rest}. */
    boolean begun;

    Container(Element owner, String first, String rest) {
        this.owner = owner;
        this.first = first;
        this.rest = rest;
    }
}
