package io.gleaner.cli.folder;

import io.gleaner.job.FaultCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what came of a crawl: pages, and faults by kind. */
public final class Tally implements PagesFile.Visitor {

    private static final Set<String> LEFT_OUT =
            Arrays.stream(FaultCode.values())
                    .filter(FaultCode::leavesOut)
                    .map(code -> code.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());

    private long pages;
    private long faults;
    private long leftOut;
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
        if (leavesOut(code)) {
            leftOut++;
        } else {
            faults++;
        }
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

    /** Pages that were left out on purpose, which is no fault of theirs. */
    public long leftOut() {
        return leftOut;
    }

    private static boolean leavesOut(String code) {
        return LEFT_OUT.contains(code);
    }

    /** The most frequent first. */
    public List<Kind> kinds() {
        return kinds.values().stream()
                .sorted(Comparator.comparingLong(Kind::count).reversed().thenComparing(Kind::code))
                .toList();
    }
}
