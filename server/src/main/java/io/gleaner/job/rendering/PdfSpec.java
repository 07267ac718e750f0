package io.gleaner.job.rendering;

/**
 * A PDF to make of a page.
 *
 * @param scale {@value #SCALE_MIN} to {@value #SCALE_MAX}
 * @param printBackground colours and pictures behind the text too
 */
public record PdfSpec(
        PaperFormat format, boolean landscape, double scale, boolean printBackground) {

    public static final double SCALE_MIN = 0.1;
    public static final double SCALE_MAX = 2;

    public PdfSpec {
        if (!(scale >= SCALE_MIN && scale <= SCALE_MAX)) {
            throw new IllegalArgumentException(
                    "scale %s: accepted is %s to %s".formatted(scale, SCALE_MIN, SCALE_MAX));
        }
    }

    /** A4, upright, as people print it. */
    public static PdfSpec standard() {
        return new PdfSpec(PaperFormat.A4, false, 1, false);
    }
}
