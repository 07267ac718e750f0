package io.gleaner.fetch;

import io.gleaner.fetch.FetchOutcome.Refused;
import io.gleaner.job.FaultCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where a fetch stands before a hop: a URL that was looked at and may be asked, or the end. */
sealed interface Target {

    /** May be asked, as far as can be said before DNS. */
    record Ask(HttpUrl url) implements Target {}

    /** Nothing more is asked. */
    record Stop(FetchOutcome outcome) implements Target {}

    Pattern SCHEME = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);

    /** Looks at an absolute URL. */
    static Target of(String url, AddressGuard guard) {
        String scheme = scheme(url);
        if (scheme == null) {
            return denied(FaultCode.INVALID_URL, "not an absolute URL: " + shown(url));
        }
        if (!isHttp(scheme)) {
            return denied(FaultCode.UNSUPPORTED_SCHEME, scheme + ": " + shown(url));
        }
        return judge(url, HttpUrl.parse(url), guard);
    }

    /** Looks at the Location of a redirect, which may be relative. */
    static Target of(HttpUrl base, String location, AddressGuard guard) {
        String scheme = scheme(location);
        if (scheme != null && !isHttp(scheme)) {
            return denied(FaultCode.UNSUPPORTED_SCHEME, "redirect to " + shown(location));
        }
        HttpUrl next = base.resolve(location);
        if (next == null) {
            return denied(FaultCode.BAD_REDIRECT, "Location is not a URL: " + shown(location));
        }
        return judge(location, next, guard);
    }

    private static Target judge(String text, @Nullable HttpUrl url, AddressGuard guard) {
        if (url == null) {
            return denied(FaultCode.INVALID_URL, "not a URL: " + shown(text));
        }
        // http://public.example@127.0.0.1/ is written to be misread, and nobody else needs it: the
        // Authorization header says the same openly.
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            return denied(
                    FaultCode.INVALID_URL,
                    "user information before the host %s; send a header instead"
                            .formatted(url.host()));
        }
        HttpUrl.Builder plain = url.newBuilder().fragment(null);
        if (Ipv4Literal.looksLikeOne(url.host())) {
            var address = Ipv4Literal.parse(url.host());
            if (address.isEmpty()) {
                return denied(FaultCode.INVALID_URL, "not an IPv4 address: " + url.host());
            }
            plain.host(address.get().getHostAddress());
        }
        Optional<String> why = guard.refuseHost(url.host());
        return why.isPresent()
                ? denied(FaultCode.FORBIDDEN_ADDRESS, why.get())
                : new Ask(plain.build());
    }

    private static @Nullable String scheme(String url) {
        Matcher matcher = SCHEME.matcher(url);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isHttp(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** Short enough for a log line, and on one line. */
    private static String shown(String url) {
        String line = url.replaceAll("[\\x00-\\x1f\\x7f]", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    private static Target denied(FaultCode code, String detail) {
        return new Stop(new Refused(code, detail, null));
    }
}
