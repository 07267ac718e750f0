package io.gleaner.cli.option;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an absolute http or https URL. */
public final class UrlConverter implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused(text, e.getReason());
        }
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            throw refused(text, "it has no %s".formatted(missing(uri)));
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(text, "its scheme is " + scheme);
        }
        return uri;
    }

    private static String missing(URI uri) {
        return uri.getScheme() == null ? "scheme" : "host";
    }

    private static TypeConversionException refused(String text, String reason) {
        return new TypeConversionException(
                "'%s' is not a URL like https://example.com/path: %s".formatted(text, reason));
    }
}
