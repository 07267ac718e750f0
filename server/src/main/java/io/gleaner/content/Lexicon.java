package io.gleaner.content;

/** What words say about main content: of classes, ids and roles, and of short texts. */
public interface Lexicon {

    /** Log odds that what bears this word is main content; 0 if nothing is known of it. */
    float weight(long word);
}
