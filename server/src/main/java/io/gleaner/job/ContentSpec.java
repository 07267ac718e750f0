package io.gleaner.job;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to make of each page.
 *
 * @param formats the representations to store
 * @param fields values to extract, by the name they are stored under
 * @param onlyMainContent leave out navigation, headers, footers and other boilerplate
 * @param includeTags CSS selectors; if any is given only matching elements are kept
 * @param excludeTags CSS selectors of elements to drop
 */
public record ContentSpec(
        Set<Format> formats,
        Map<String, FieldSpec> fields,
        boolean onlyMainContent,
        List<String> includeTags,
        List<String> excludeTags) {

    public ContentSpec {
        formats =
                formats.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(formats));
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        includeTags = List.copyOf(includeTags);
        excludeTags = List.copyOf(excludeTags);
    }

    /** Markdown and metadata of the main content: what most callers want. */
    public static ContentSpec standard() {
        return new ContentSpec(
                EnumSet.of(Format.MARKDOWN, Format.METADATA), Map.of(), true, List.of(), List.of());
    }

    /** The same of the whole document. */
    public ContentSpec whole() {
        return new ContentSpec(formats, fields, false, includeTags, excludeTags);
    }

    /** The same without one representation. */
    public ContentSpec without(Format format) {
        var others = EnumSet.noneOf(Format.class);
        others.addAll(formats);
        others.remove(format);
        return new ContentSpec(others, fields, onlyMainContent, includeTags, excludeTags);
    }

    public boolean wants(Format format) {
        return formats.contains(format);
    }
}
