package io.gleaner.extract;

import org.jsoup.nodes.Element;

/**
 * A part of the page and how much it says.
 *
 * @param textChars visible text inside, boilerplate included
 * @param plainChars the same without boilerplate and links
 * @param holdsMain whether a landmark of main content is inside
 */
record Region(Element element, int textChars, int plainChars, boolean holdsMain) {}
