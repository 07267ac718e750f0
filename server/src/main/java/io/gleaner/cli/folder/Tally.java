package io.gleaner.cli.folder;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what came of a crawl: pages, and faults by kind. */
public final class Tally implements PagesFile.Visitor {

    private long pages;
    private long faults;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /**
     * Faults of one kind.
     *
     * @param code the fault's code; with the HTTP status where that says more
     * @param example the first URL that met it
     * @param detail what was said about that one
     */
    public record Kind(String code, long count, String example, String detail) {}

    @Override
    public void content(String url) {
        pages++;
    }

    @Override
    public void fault(String url, String code, @Nullable Integer status, String detail) {
        faults++;
        String kind = code.startsWith("http_") && status != null ? code + " " + status : code;
        kinds.merge(
                kind,
                new Kind(kind, 1, url, detail),
                (before, one) ->
                        new Kind(kind, before.count() + 1, before.example(), before.detail()));
    }

    public long pages() {
        return pages;
    }

    public long faults() {
        return faults;
    }

    /** The most frequent first. */
    public List<Kind> kinds() {
        return kinds.values().stream()
                .sorted(Comparator.comparingLong(Kind::count).reversed().thenComparing(Kind::code))
                .toList();
    }
}
