package io.gleaner.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** The places on a page that lead to a URL. Not thread-safe. */
final class PageLinks {

    private static final int LINKS_MAX = 2_000;

    private record Place(PDRectangle area, String url) {}

    private final List<Place> places = new ArrayList<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final PDRectangle page;
    private final boolean turned;

    PageLinks(PDPage page) throws IOException {
        this.page = page.getCropBox();
        this.turned = page.getRotation() != 0;
        for (PDAnnotation annotation :
                page.getAnnotations(found -> found instanceof PDAnnotationLink)) {
            if (places.size() == LINKS_MAX) {
                break;
            }
            if (((PDAnnotationLink) annotation).getAction() instanceof PDActionURI action) {
                String url = action.getURI();
                PDRectangle area = annotation.getRectangle();
                if (url != null && area != null) {
                    places.add(new Place(area, url));
                    unused.add(url);
                }
            }
        }
    }

    /** Where a word leads that begins with this glyph, or null. */
    @Nullable String at(TextPosition glyph) {
        if (places.isEmpty() || turned) {
            return null;
        }
        float x = page.getLowerLeftX() + glyph.getX() + glyph.getWidth() / 2;
        float y = page.getUpperRightY() - glyph.getY() + glyph.getHeight() / 2;
        for (Place place : places) {
            if (place.area().contains(x, y)) {
                unused.remove(place.url());
                return place.url();
            }
        }
        return null;
    }

    /** Those that no word was found for: they stand at the end of the page. */
    Set<String> unused() {
        return unused;
    }
}
