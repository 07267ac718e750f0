package io.gleaner.api.submit;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.Viewport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys that say what pages take the browser for. */
final class DeviceKeys {

    private static final int NAME_LENGTH_MAX = 60;
    private static final Map<String, Boolean> SCHEMES = schemes();

    private final BodyReader body;
    private final PictureKeys pictures;
    private @Nullable Viewport viewport;
    private boolean mobile;
    private @Nullable String language;
    private @Nullable String timezone;
    private boolean dark;

    DeviceKeys(BodyReader body, PictureKeys pictures) {
        this.body = body;
        this.pictures = pictures;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("viewport", at -> viewport = pictures.viewport(at));
        keys.put("mobile", at -> mobile = body.bool(at));
        keys.put("language", at -> language = name(at, DeviceSpec::requireLanguage));
        keys.put("timezone", at -> timezone = name(at, DeviceSpec::requireTimezone));
        keys.put("colorScheme", at -> dark = body.choice(at, SCHEMES));
    }

    DeviceSpec spec() {
        Viewport window = viewport == null ? DeviceSpec.usual(mobile) : viewport;
        return new DeviceSpec(window, mobile, language, timezone, dark);
    }

    private String name(String at, Consumer<String> rule) {
        String read = body.string(at, NAME_LENGTH_MAX);
        OptionKeys.check(at, () -> rule.accept(read));
        return read;
    }

    private static Map<String, Boolean> schemes() {
        var byName = new LinkedHashMap<String, Boolean>();
        byName.put("light", false);
        byName.put("dark", true);
        return byName;
    }
}
