package io.gleaner.job;

/**
 * A picture of a page.
 *
 * @param mediaType such as {@code image/png}
 * @param image its bytes; empty where only its being there is told. Not copied.
 */
public record Screenshot(String mediaType, byte[] image) {

    /** Most bytes of one. */
    public static final int BYTES_MAX = 20 << 20;
}
