package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table as RFC 4180 has it: a line of names, CRLF, quotes where they are needed. Several values
 * in one cell are a JSON array. A spreadsheet finds no formula in it: a cell that one would take
 * for one begins with an apostrophe.
 */
final class CsvTable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NEWLINE = "\r\n";

    /** What begins a formula, also behind blanks and in the wide forms of East Asia. */
    private static final Pattern FORMULA =
            Pattern.compile(
                    "[\\s\\p{Z}\\p{Cntrl}\\ufeff]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20].*|[\\t\\r"
                            + "\\n"
                            + "].*",
                    Pattern.DOTALL);

    /** Begins like a formula and is none. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(?:[.,]\\d{1,30})?%?");

    private final List<Column> columns;
    private final OutputStream out;

    CsvTable(List<Column> columns, OutputStream out) {
        this.columns = columns;
        this.out = out;
    }

    void write(PageFeed feed) throws IOException, InterruptedException {
        line(columns.stream().map(column -> cell(column.name())).toList());
        feed.pages(this::row);
    }

    private void row(StoredPage page) throws IOException {
        line(columns.stream().map(column -> cell(text(column.of(page)))).toList());
    }

    private void line(List<String> cells) throws IOException {
        out.write((String.join(",", cells) + NEWLINE).getBytes(UTF_8));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case List<?> list -> JSON.writeValueAsString(list);
            case Map<?, ?> map -> JSON.writeValueAsString(map);
            case Object other -> other.toString();
        };
    }

    static String cell(String text) {
        String safe =
                FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches()
                        ? "'" + text
                        : text;
        boolean plain = safe.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
