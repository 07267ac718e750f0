package io.gleaner.export;

import io.gleaner.export.Column.Kind;
import io.gleaner.job.Format;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The columns that a job's pages can be told in, by what it asked for. */
final class Columns {

    private static final String FIELDS = "fields.";
    private static final String METADATA = "metadata.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Columns() {}

    /** All of them. */
    static List<Column> all(JobSpec spec) {
        List<Column> columns = ofEveryJob();
        if (spec.content().wants(Format.METADATA)) {
            columns.add(metadata("title", "title"));
            columns.add(metadata("description", "description"));
        }
        if (spec.fetch().render().mayRender()) {
            rendering(columns);
        }
        spec.content()
                .fields()
                .forEach((name, field) -> columns.add(field(FIELDS + name, name, field.all())));
        for (Format format : spec.content().formats()) {
            columns.add(format(format));
        }
        return columns;
    }

    /** Those that fit a cell. */
    static List<Column> small(JobSpec spec) {
        return all(spec).stream().filter(Column::small).toList();
    }

    /**
     * Those with these names, in this order.
     *
     * @throws IllegalArgumentException for a name that is none, with those that are
     */
    static List<Column> chosen(JobSpec spec, List<String> names) {
        List<Column> all = all(spec);
        var chosen = new ArrayList<Column>();
        for (String name : names) {
            if (chosen.stream().anyMatch(column -> column.name().equals(name))) {
                throw new IllegalArgumentException("columns: '%s' is given twice".formatted(name));
            }
            chosen.add(
                    all.stream()
                            .filter(column -> column.name().equals(name))
                            .findFirst()
                            .orElseGet(() -> other(spec, name, all)));
        }
        return chosen;
    }

    private static Column other(JobSpec spec, String name, List<Column> all) {
        if (spec.content().wants(Format.METADATA) && name.startsWith(METADATA)) {
            return metadata(name, name.substring(METADATA.length()));
        }
        throw new IllegalArgumentException(
                "columns: this job has no '%s'; it has %s"
                        .formatted(
                                name,
                                all.stream().map(Column::name).collect(Collectors.joining(", "))));
    }

    private static List<Column> ofEveryJob() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("seq", Kind.LONG, true, stored -> stored.seq()));
        columns.add(new Column("url", Kind.TEXT, true, stored -> stored.page().url()));
        columns.add(
                new Column(
                        "outcome",
                        Kind.TEXT,
                        true,
                        stored -> stored.page() instanceof Page.Content ? "content" : "fault"));
        columns.add(
                new Column(
                        "status",
                        Kind.INTEGER,
                        true,
                        stored ->
                                switch (stored.page()) {
                                    case Page.Content content -> content.status();
                                    case Page.Fault fault -> fault.status();
                                }));
        columns.add(Column.ofFault("fault", Kind.TEXT, fault -> lower(fault.code().name())));
        columns.add(Column.ofFault("faultDetail", Kind.TEXT, Page.Fault::detail));
        columns.add(Column.ofFault("attempts", Kind.INTEGER, Page.Fault::attempts));
        columns.add(new Column("fetchedAt", Kind.TIME, true, stored -> stored.page().fetchedAt()));
        columns.add(new Column("depth", Kind.INTEGER, true, stored -> stored.page().depth()));
        columns.add(Column.ofContent("finalUrl", Kind.TEXT, true, Page.Content::finalUrl));
        columns.add(Column.ofContent("contentType", Kind.TEXT, true, Page.Content::contentType));
        columns.add(
                Column.ofContent(
                        "cacheState", Kind.TEXT, true, page -> lower(page.cacheState().name())));
        return columns;
    }

    private static void rendering(List<Column> columns) {
        columns.add(rendering("rendered", Kind.BOOLEAN, Rendering::rendered));
        columns.add(rendering("renderedWhy", Kind.TEXT, Rendering::why));
        columns.add(
                rendering(
                        "screenshot",
                        Kind.TEXT,
                        it ->
                                it.attachment(Attachment.SCREENSHOT)
                                        .map(Attachment::mediaType)
                                        .orElse(null)));
    }

    private static Column rendering(
            String name, Kind kind, Function<Rendering, @Nullable Object> value) {
        return Column.ofContent(
                name,
                kind,
                true,
                page -> page.rendering() == null ? null : value.apply(page.rendering()));
    }

    private static Column metadata(String column, String key) {
        return Column.ofContent(
                column,
                Kind.TEXT,
                true,
                page ->
                        page.content().metadata() == null
                                ? null
                                : page.content().metadata().get(key));
    }

    private static Column field(String column, String name, boolean all) {
        return Column.ofContent(
                column,
                all ? Kind.TEXTS : Kind.TEXT,
                true,
                page -> page.content().fields() == null ? null : page.content().fields().get(name));
    }

    private static Column format(Format format) {
        return switch (format) {
            case MARKDOWN -> content(format, Kind.TEXT, PageContent::markdown);
            case HTML -> content(format, Kind.TEXT, PageContent::html);
            case RAW_HTML -> content(format, Kind.TEXT, PageContent::rawHtml);
            case TEXT -> content(format, Kind.TEXT, PageContent::text);
            case CHUNKS -> content(format, Kind.TEXT, Columns::chunks);
            case LINKS -> content(format, Kind.TEXTS, PageContent::links);
            case IMAGES -> content(format, Kind.TEXTS, PageContent::images);
            case METADATA -> content(format, Kind.TEXTS_BY_NAME, PageContent::metadata);
        };
    }

    private static @Nullable Object chunks(PageContent content) {
        return content.chunks() == null ? null : JSON.writeValueAsString(content.chunks());
    }

    private static Column content(
            Format format, Kind kind, Function<PageContent, @Nullable Object> value) {
        return Column.ofContent(
                format.wireName(), kind, false, page -> value.apply(page.content()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
