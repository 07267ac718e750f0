package io.gleaner.api.submit;

import static java.util.Objects.requireNonNull;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.RenderSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code actions}: what is done on each page, in order. */
public final class ActionKeys {

    private static final Map<String, Boolean> DIRECTIONS = directions();

    private final BodyReader body;
    private final UrlRules rules;
    private final PictureKeys pictures;
    private final boolean millis;

    ActionKeys(BodyReader body, UrlRules rules, PictureKeys pictures) {
        this(body, rules, pictures, false);
    }

    private ActionKeys(BodyReader body, UrlRules rules, PictureKeys pictures, boolean millis) {
        this.body = body;
        this.rules = rules;
        this.pictures = pictures;
        this.millis = millis;
    }

    /** For bodies that say {@code milliseconds} in the place of {@code time}. */
    public static ActionKeys inMillis(BodyReader body, UrlRules rules) {
        return new ActionKeys(body, rules, new PictureKeys(body, rules), true);
    }

    public List<Action> read(String path) {
        var actions = new ArrayList<Action>();
        body.array(path, Action.COUNT_MAX, item -> actions.add(new One(item).read()));
        return actions;
    }

    private static Map<String, Boolean> directions() {
        var byName = new LinkedHashMap<String, Boolean>();
        byName.put("down", false);
        byName.put("up", true);
        return byName;
    }

    /** One action. Its type may come after its other keys, so all of them are read first. */
    private final class One {

        private final String path;
        private final Map<String, Supplier<Action>> types = new LinkedHashMap<>();
        private final Map<String, List<String>> keysOfTypes = new LinkedHashMap<>();
        private final List<String> given = new ArrayList<>();

        private @Nullable String type;
        private @Nullable Duration time;
        private @Nullable String selector;
        private boolean all;
        private String text = "";
        private @Nullable String key;
        private boolean up;
        private @Nullable String script;
        private final PictureKeys.Draft picture;

        One(String path) {
            this.path = path;
            this.picture = pictures.draft();
            type("wait", this::await, timeKey(), "selector");
            type(
                    "click",
                    () -> new Action.Click(required("selector", selector), all),
                    "selector",
                    "all");
            type("write", () -> new Action.Write(text, selector), "text", "selector");
            type("press", () -> new Action.Press(required("key", key)), "key");
            type("scroll", () -> new Action.Scroll(up, selector), "direction", "selector");
            type(
                    "screenshot",
                    () -> new Action.Screenshot(picture.screenshot(selector)),
                    "fullPage",
                    "selector",
                    "format",
                    "quality",
                    "viewport");
            type("scrape", Action.Scrape::new);
            type(
                    "executeJavascript",
                    () -> new Action.ExecuteJavascript(required("script", script)),
                    "script");
            type(
                    "pdf",
                    () -> new Action.Pdf(picture.pdf()),
                    "format",
                    "landscape",
                    "scale",
                    "printBackground");
        }

        private void type(String name, Supplier<Action> action, String... keys) {
            types.put(name, action);
            keysOfTypes.put(name, List.of(keys));
        }

        Action read() {
            body.object(path, keys());
            String wanted = required("type", type);
            for (String name : given) {
                List<String> accepted = keysOfTypes.getOrDefault(wanted, List.of());
                if (!accepted.contains(name)) {
                    throw Problem.value(
                                    ProblemCode.UNKNOWN_KEY,
                                    path + "." + name,
                                    "not for " + wanted,
                                    String.join(", ", accepted))
                            .raise();
                }
            }
            var action = new Action[1];
            OptionKeys.check(path, () -> action[0] = requireNonNull(types.get(wanted)).get());
            return action[0];
        }

        private SequencedMap<String, BodyReader.Value> keys() {
            var keys = new LinkedHashMap<String, BodyReader.Value>();
            keys.put("type", at -> type = body.choice(at, named(types.keySet())));
            put(keys, timeKey(), at -> time = readTime(at));
            put(keys, "selector", at -> selector = pictures.selector(at));
            put(keys, "all", at -> all = body.bool(at));
            put(keys, "text", at -> text = text(at));
            put(keys, "key", at -> key = body.string(at, OptionKeys.EXPRESSION_LENGTH_MAX));
            put(keys, "direction", at -> up = body.choice(at, DIRECTIONS));
            put(keys, "script", at -> script = body.string(at, Action.TEXT_LENGTH_MAX));
            picture.keys().forEach((name, value) -> put(keys, name, value));
            return keys;
        }

        private void put(Map<String, BodyReader.Value> keys, String name, BodyReader.Value value) {
            keys.put(
                    name,
                    at -> {
                        given.add(name);
                        value.read(at);
                    });
        }

        private String timeKey() {
            return millis ? "milliseconds" : "time";
        }

        private Duration readTime(String at) {
            return millis
                    ? Duration.ofMillis(body.integer(at, 0, (int) RenderSpec.WAIT_MAX.toMillis()))
                    : body.duration(at, Duration.ZERO, RenderSpec.WAIT_MAX);
        }

        private String text(String at) {
            Optional<String> refusal = rules.refuseSecrets();
            if (refusal.isPresent()) {
                throw Problem.of(
                                ProblemCode.INVALID_VALUE,
                                "%s may be a secret, and %s".formatted(at, refusal.get()))
                        .with("field", at)
                        .with("accepted", "no text")
                        .raise();
            }
            return body.string(at, Action.TEXT_LENGTH_MAX);
        }

        private Action await() {
            Duration pause = time;
            String element = selector;
            if (pause != null && element == null) {
                return new Action.Wait(pause);
            }
            if (element != null && pause == null) {
                return new Action.WaitFor(element);
            }
            throw BodyReader.refuse(
                    path,
                    pause == null ? "empty" : "both",
                    "exactly one of %s and selector".formatted(timeKey()));
        }

        private String required(String name, @Nullable String value) {
            if (value == null) {
                throw BodyReader.refuse(path + "." + name, "missing", "a string");
            }
            return value;
        }

        private static Map<String, String> named(Iterable<String> names) {
            var byName = new LinkedHashMap<String, String>();
            names.forEach(name -> byName.put(name, name));
            return byName;
        }
    }
}
