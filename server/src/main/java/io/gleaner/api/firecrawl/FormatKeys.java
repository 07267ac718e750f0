package io.gleaner.api.firecrawl;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.OptionKeys;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.Viewport;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The formats of a body, each a name or an object with a {@code type}. */
final class FormatKeys {

    /** What the fields of {@code attributes} are called in our own job. */
    static final String ATTRIBUTE = "attributes[%d]";

    private static final int FORMATS_MAX = 20;
    private static final int NAME_MAX = 100;
    private static final String ACCEPTED =
            "markdown, html, rawHtml, links, images, screenshot, attributes";
    private static final Map<String, Format> PLAIN =
            Map.of(
                    "markdown", Format.MARKDOWN,
                    "html", Format.HTML,
                    "rawHtml", Format.RAW_HTML,
                    "links", Format.LINKS,
                    "images", Format.IMAGES);
    private static final Map<String, String> ABSENT = absent();

    private final BodyReader body;
    private final UrlRules rules;
    private final Set<Format> formats = EnumSet.of(Format.METADATA);
    private final Map<String, FieldSpec> attributes = new LinkedHashMap<>();
    private @Nullable ScreenshotSpec screenshot;
    private boolean given;

    FormatKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    void read(String path) {
        given = true;
        body.array(
                path,
                FORMATS_MAX,
                item -> {
                    if (body.isText()) {
                        add(item, body.string(item, NAME_MAX), new Wanted());
                    } else {
                        readObject(item);
                    }
                });
    }

    Set<Format> formats() {
        if (!given) {
            formats.add(Format.MARKDOWN);
        }
        return formats;
    }

    Map<String, FieldSpec> attributes() {
        return attributes;
    }

    /** The picture to take, or null for none. */
    @Nullable ScreenshotSpec screenshot() {
        return screenshot;
    }

    /** One format as an object, whose keys come in any order. */
    private static final class Wanted {
        private @Nullable String type;
        private boolean fullPage;
        private @Nullable Integer quality;
        private @Nullable Viewport viewport;
        private final Map<String, FieldSpec> attributes = new LinkedHashMap<>();
    }

    private void readObject(String path) {
        var wanted = new Wanted();
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("type", at -> wanted.type = body.string(at, NAME_MAX));
        keys.put("fullPage", at -> wanted.fullPage = body.bool(at));
        keys.put("quality", at -> wanted.quality = body.integer(at, 0, 100));
        keys.put("viewport", at -> wanted.viewport = viewport(body, at));
        keys.put("selectors", at -> readSelectors(at, wanted));
        // Of formats that are refused by their type, which may come after.
        for (String other :
                List.of(
                        "prompt",
                        "schema",
                        "systemPrompt",
                        "modes",
                        "tag",
                        "mode",
                        "question",
                        "query",
                        "agent")) {
            keys.put(other, _ -> body.skip());
        }
        body.object(path, keys);
        if (wanted.type == null) {
            throw BodyReader.refuse(path, "without a type", ACCEPTED);
        }
        add(path + ".type", wanted.type, wanted);
    }

    private static Viewport viewport(BodyReader body, String path) {
        var sides = new int[] {Viewport.DESKTOP.width(), Viewport.DESKTOP.height()};
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("width", at -> sides[0] = body.integer(at, Viewport.SIDE_MIN, Viewport.SIDE_MAX));
        keys.put("height", at -> sides[1] = body.integer(at, Viewport.SIDE_MIN, Viewport.SIDE_MAX));
        body.object(path, keys);
        return new Viewport(sides[0], sides[1]);
    }

    private void readSelectors(String path, Wanted wanted) {
        body.array(
                path,
                OptionKeys.FIELDS_MAX,
                item -> {
                    var read = new String[2];
                    var keys = new LinkedHashMap<String, BodyReader.Value>();
                    keys.put("selector", at -> read[0] = expression(at));
                    keys.put("attribute", at -> read[1] = expression(at));
                    body.object(item, keys);
                    if (read[0] == null || read[1] == null) {
                        throw BodyReader.refuse(
                                item, "without one of them", "a selector and an attribute");
                    }
                    var field = new FieldSpec(read[0], null, read[1], true);
                    String name = ATTRIBUTE.formatted(attributes.size() + wanted.attributes.size());
                    OptionKeys.check(item, () -> rules.checkContent(only(name, field)));
                    wanted.attributes.put(name, field);
                });
    }

    private String expression(String path) {
        return body.string(path, OptionKeys.EXPRESSION_LENGTH_MAX);
    }

    private static ContentSpec only(String name, FieldSpec field) {
        return new ContentSpec(Set.of(), Map.of(name, field), true, List.of(), List.of());
    }

    private void add(String path, String name, Wanted wanted) {
        Format plain = PLAIN.get(name);
        if (plain != null) {
            formats.add(plain);
            return;
        }
        switch (name) {
            case "screenshot" -> screenshot = picture(wanted.fullPage, wanted);
            case "screenshot@fullPage" -> screenshot = picture(true, wanted);
            case "attributes" -> attributes.putAll(wanted.attributes);
            default -> {
                String why = ABSENT.get(name);
                throw BodyReader.refuse(path, why == null ? name : name + ", and " + why, ACCEPTED);
            }
        }
    }

    /** A quality is of JPEG, for PNG has none. */
    private static ScreenshotSpec picture(boolean fullPage, Wanted wanted) {
        Integer quality = wanted.quality;
        return new ScreenshotSpec(
                fullPage,
                null,
                quality == null ? ImageType.PNG : ImageType.JPEG,
                quality == null ? ScreenshotSpec.QUALITY_DEFAULT : Math.max(1, quality),
                wanted.viewport);
    }

    private static Map<String, String> absent() {
        var why = new TreeMap<String, String>();
        String model = "no model is configured on this server";
        for (String name :
                List.of(
                        "json",
                        "extract",
                        "summary",
                        "query",
                        "question",
                        "highlights",
                        "product",
                        "menu",
                        "branding",
                        "deterministicJson")) {
            why.put(name, model);
        }
        why.put("changeTracking", "this server keeps no earlier pages to compare with");
        why.put("audio", "this server takes no sound");
        why.put("video", "this server takes no films");
        return why;
    }
}
