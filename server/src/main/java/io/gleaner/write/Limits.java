package io.gleaner.write;

import io.gleaner.select.OverrunException;

/**
 * What a product may come to.
 *
 * @param productCharsMax characters of one product
 * @param attributeCharsMax characters of an attribute; a longer one is treated as absent
 */
public record Limits(int productCharsMax, int attributeCharsMax) {

    static OverrunException tooLong(int charsMax) {
        return new OverrunException("productCharsMax", "%,d".formatted(charsMax));
    }
}
