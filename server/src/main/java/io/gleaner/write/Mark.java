package io.gleaner.write;

import org.jsoup.nodes.Element;

/** Emphasis or a link that is in force: written only around text, so never empty. */
final class Mark {

    /** The kinds, by what opens them. */
    enum Kind {
        STRONG("**"),
        EMPHASIS("*"),
        STRIKE("~~"),
        LINK("[");

        final String opener;

        Kind(String opener) {
            this.opener = opener;
        }
    }

    final Kind kind;
    final Element owner;

    /** Destination and title of a link; empty for the others. */
    final String target;

    boolean open;

    /** Where its opener was written. */
    int openedAt;

    Mark(Kind kind, Element owner, String target) {
        this.kind = kind;
        this.owner = owner;
        this.target = target;
    }

    void closeOn(StringBuilder out) {
        if (kind == Kind.LINK) {
            out.append("](").append(target).append(')');
        } else {
            out.append(kind.opener);
        }
    }
}
