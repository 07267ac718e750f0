package io.gleaner.cli.crawl;

import io.gleaner.cli.folder.Tally;
import io.gleaner.job.FaultCode;
import java.util.Arrays;
import java.util.List;

/** The faults of a crawl by kind, for people. */
final class FaultTable {

    private FaultTable() {}

    /** Lines that end in a newline; empty when there are no faults. */
    static String of(List<Tally.Kind> kinds) {
        if (kinds.isEmpty()) {
            return "";
        }
        int width = kinds.stream().mapToInt(kind -> kind.code().length()).max().orElse(0);
        var table = new StringBuilder("faults by kind:\n");
        for (Tally.Kind kind : kinds) {
            String code = kind.code() + " ".repeat(width - kind.code().length());
            table.append("%8d  %s  %s%n".formatted(kind.count(), code, meaning(kind.code())))
                    .append("%8s  e.g. %s%s%n".formatted("", kind.example(), detail(kind)));
        }
        return table.toString();
    }

    private static String detail(Tally.Kind kind) {
        return kind.detail().isEmpty() ? "" : " (%s)".formatted(kind.detail());
    }

    private static String meaning(String kind) {
        String code = kind.split(" ", 2)[0];
        return Arrays.stream(FaultCode.values())
                .filter(known -> known.name().equalsIgnoreCase(code))
                .map(FaultCode::meaning)
                .findFirst()
                .orElse("");
    }
}
