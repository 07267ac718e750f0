package io.gleaner.job.rendering;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What pages take the browser for.
 *
 * @param mobile a phone: touched, and its window as wide as the page says
 * @param language such as {@code de-CH} (BCP 47), or null for the browser's own
 * @param timezone such as {@code Europe/Zurich}, or null for that of the machine
 * @param dark prefers dark colours
 */
public record DeviceSpec(
        Viewport viewport,
        boolean mobile,
        @Nullable String language,
        @Nullable String timezone,
        boolean dark) {

    /** A desktop. */
    public static final DeviceSpec STANDARD =
            new DeviceSpec(Viewport.DESKTOP, false, null, null, false);

    public DeviceSpec {
        if (language != null) {
            requireLanguage(language);
        }
        if (timezone != null) {
            requireTimezone(timezone);
        }
    }

    /** A phone or a desktop of the usual size. */
    public static Viewport usual(boolean mobile) {
        return mobile ? Viewport.PHONE : Viewport.DESKTOP;
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    public static void requireLanguage(String language) {
        try {
            if (!new Locale.Builder().setLanguageTag(language).build().getLanguage().isEmpty()) {
                return;
            }
        } catch (IllformedLocaleException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "language %s: accepted is a language tag such as en or de-CH".formatted(language));
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    public static void requireTimezone(String timezone) {
        try {
            // An offset such as +02:00 is a zone to Java and none to browsers.
            if (timezone.equals("UTC") || timezone.contains("/")) {
                var _ = ZoneId.of(timezone);
                return;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "timezone %s: accepted is UTC or a name such as Europe/Zurich".formatted(timezone));
    }
}
