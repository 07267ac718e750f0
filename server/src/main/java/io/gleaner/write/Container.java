package io.gleaner.write;

import org.jsoup.nodes.Element;

/** A list item or a quote: what its lines begin with. */
final class Container {

    final Element owner;
    final String first;
    final String rest;

    /** Whether its first line was written, so that the others follow with {@link #rest}. */
    boolean begun;

    /** One whose first line has been written by somebody else. */
    static Container goingOn(Element owner, String rest) {
        var container = new Container(owner, rest, rest);
        container.begun = true;
        return container;
    }

    Container(Element owner, String first, String rest) {
        this.owner = owner;
        this.first = first;
        this.rest = rest;
    }
}
