package io.gleaner.perf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where reports are written: {@code NAME-TIMESTAMP.json}, {@code .md} and {@code .html}. */
public record ReportFolder(Path folder) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Writes them; answers the page for people.
     *
     * @param html a page with charts to write beside them
     */
    public Path write(Report report, Optional<String> html) {
        String name = report.name() + "-" + STAMP.format(report.began());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(report));
            Path page = Files.writeString(folder.resolve(name + ".md"), MarkdownPage.of(report));
            return html.isPresent()
                    ? Files.writeString(folder.resolve(name + ".html"), html.get())
                    : page;
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }
}
