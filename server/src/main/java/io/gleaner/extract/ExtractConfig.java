package io.gleaner.extract;

/**
 * How much one page may cost.
 *
 * @param depthMax elements nested deeper become siblings; also what bounds jsoup's own recursion
 * @param nodesMax nodes of one document; more is a fault
 * @param productCharsMax length of one product (Markdown, HTML, text, all fields); more is a fault
 * @param attributeCharsMax attribute values longer than this are treated as absent
 * @param linksMax links, and outlinks, kept of one page; later ones are left out
 * @param imagesMax images kept of one page; later ones are left out
 * @param matchesMax values kept of one field; later ones are left out
 * @param stepsMax steps that any page may take ({@link io.gleaner.select.Effort}); more is a fault
 * @param stepsEachNode a large page may take so many for each of its nodes, if that is more
 */
public record ExtractConfig(
        int depthMax,
        int nodesMax,
        int productCharsMax,
        int attributeCharsMax,
        int linksMax,
        int imagesMax,
        int matchesMax,
        long stepsMax,
        int stepsEachNode) {

    public ExtractConfig {
        positive("depthMax", depthMax);
        positive("nodesMax", nodesMax);
        positive("productCharsMax", productCharsMax);
        positive("attributeCharsMax", attributeCharsMax);
        positive("linksMax", linksMax);
        positive("imagesMax", imagesMax);
        positive("matchesMax", matchesMax);
        positive("stepsMax", stepsMax);
        positive("stepsEachNode", stepsEachNode);
    }

    /** Generous for real pages: the whole index of a large manual fits many times. */
    public static ExtractConfig standard() {
        return new ExtractConfig(
                512, 2_000_000, 32_000_000, 16_384, 50_000, 10_000, 10_000, 10_000_000, 200);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1: %d".formatted(name, value));
        }
    }
}
