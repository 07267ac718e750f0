package io.gleaner.pdf;

/**
 * How much one document may cost.
 *
 * @param decodedMaxBytes bytes of all its streams, decompressed
 * @param streamMaxBytes bytes of one stream, decompressed: what is in memory at once
 * @param objectsMaxBytes bytes of the streams that hold objects, which stay in memory
 * @param pagesMax pages of one document
 * @param pageGlyphsMax glyphs of one page, which are in memory at once
 * @param htmlCharsMax characters that it comes to
 * @param stepsMax steps: operators, glyphs, and eight bytes each
 */
public record PdfLimits(
        long decodedMaxBytes,
        long streamMaxBytes,
        long objectsMaxBytes,
        int pagesMax,
        int pageGlyphsMax,
        int htmlCharsMax,
        long stepsMax) {

    /** Ten times what the largest manuals take. */
    public static PdfLimits standard() {
        return new PdfLimits(
                1L << 30, 32L << 20, 24L << 20, 20_000, 200_000, 32_000_000, 1_000_000_000);
    }
}
