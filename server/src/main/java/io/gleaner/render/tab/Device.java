package io.gleaner.render.tab;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.Session;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.Viewport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a tab says it is. */
public final class Device {

    public static final String METRICS = "Emulation.setDeviceMetricsOverride";

    private final DeviceSpec spec;
    private final String userAgent;

    /**
     * @param userAgent how we call ourselves
     */
    Device(DeviceSpec spec, String userAgent) {
        this.spec = spec;
        this.userAgent = userAgent;
    }

    Viewport viewport() {
        return spec.viewport();
    }

    /** Tells a tab that is new. */
    void introduce(Session session) {
        session.tell("Emulation.setUserAgentOverride", agent(userAgent, ""));
        if (spec.equals(DeviceSpec.STANDARD)) {
            return;
        }
        session.tell(METRICS, metrics());
        if (spec.mobile()) {
            session.tell(
                    "Emulation.setTouchEmulationEnabled", DevTools.params().put("enabled", true));
        }
        @Nullable String timezone = spec.timezone();
        if (timezone != null) {
            session.tell(
                    "Emulation.setTimezoneOverride", DevTools.params().put("timezoneId", timezone));
        }
        @Nullable String language = spec.language();
        if (language != null) {
            session.tell("Emulation.setLocaleOverride", DevTools.params().put("locale", language));
        }
        if (spec.dark()) {
            ObjectNode media = DevTools.params();
            media.putArray("features")
                    .addObject()
                    .put("name", "prefers-color-scheme")
                    .put("value", "dark");
            session.tell("Emulation.setEmulatedMedia", media);
        }
    }

    /**
     * Who asks, and in which language.
     *
     * @param acceptLanguage the caller's header, or "" for that of the device
     */
    public ObjectNode agent(String userAgent, String acceptLanguage) {
        ObjectNode params =
                DevTools.params()
                        .put("userAgent", userAgent.isEmpty() ? this.userAgent : userAgent);
        @Nullable String language = acceptLanguage.isEmpty() ? spec.language() : acceptLanguage;
        return language == null ? params : params.put("acceptLanguage", language);
    }

    /** The window as it is. */
    public ObjectNode metrics() {
        return metrics(spec.viewport());
    }

    /** Another window. One pixel of the page is one of the picture. */
    public ObjectNode metrics(Viewport viewport) {
        return DevTools.params()
                .put("width", viewport.width())
                .put("height", viewport.height())
                .put("deviceScaleFactor", 1)
                .put("mobile", spec.mobile());
    }
}
