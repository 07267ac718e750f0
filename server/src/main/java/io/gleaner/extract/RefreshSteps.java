package io.gleaner.extract;

import io.gleaner.write.Numbers;
import io.gleaner.write.UrlResolver;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@code meta} element and a {@code Refresh} header say alike: the shared declarative
 * refresh steps (HTML, 4.2.5.3).
 */
final class RefreshSteps {

    static final int CHARS_MAX = 8_192;

    private static final Pattern SYNTAX =
            Pattern.compile(
                    """
                    S*+ ( [0-9]++ | (?=\\.) ) [0-9.]*+
                    (?= [;,] | S ) S*+ [;,]?+ S*+
                    (?: url S*+ = S*+ )?+
                    (?: '([^']*+).* | "([^"]*+).* | (.+) )
                    """
                            .replace("S", "[\\t\\n\\f\\r\\x20]")
                            .replaceAll("[ \\n]", ""),
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private RefreshSteps() {}

    /** Null if it leads nowhere that can be read. */
    static @Nullable Refresh read(String value, UrlResolver urls) {
        Matcher matcher = SYNTAX.matcher(value);
        if (value.length() > CHARS_MAX || !matcher.matches()) {
            return null;
        }
        String url = urls.http(reference(matcher));
        return url == null
                ? null
                : new Refresh(Duration.ofSeconds(Numbers.leading(matcher.group(1), 0)), url);
    }

    private static String reference(Matcher matcher) {
        for (int quoting = 2; quoting < matcher.groupCount(); quoting++) {
            String quoted = matcher.group(quoting);
            if (quoted != null) {
                return quoted;
            }
        }
        return String.valueOf(matcher.group(matcher.groupCount()));
    }
}
