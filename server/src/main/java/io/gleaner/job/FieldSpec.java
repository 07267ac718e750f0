package io.gleaner.job;

import org.jspecify.annotations.Nullable;

/**
 * How to take one named value out of a page.
 *
 * @param css a CSS selector; exactly one of {@code css} and {@code xpath} is given
 * @param xpath an XPath 1.0 expression that selects elements
 * @param attribute the attribute to take, or null for the element's text
 * @param all every match as a list, instead of the first one
 */
public record FieldSpec(
        @Nullable String css, @Nullable String xpath, @Nullable String attribute, boolean all) {

    public FieldSpec {
        if ((css == null) == (xpath == null)) {
            throw new IllegalArgumentException("a field takes exactly one of css and xpath");
        }
    }
}
