package io.gleaner.cli.option;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code Name: value} (RFC 9110: a token, then visible characters, spaces and tabs). */
final class HeaderConverter implements ITypeConverter<Map.Entry<String, String>> {

    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}):[ \\t]*([\\t\\x20-\\x7e]*)");

    @Override
    public Map.Entry<String, String> convert(String text) {
        Matcher matcher = HEADER.matcher(text);
        if (!matcher.matches()) {
            // The value may be a secret, so it is not repeated.
            throw new TypeConversionException("a header is written 'Name: value' in ASCII");
        }
        return Map.entry(matcher.group(1), matcher.group(2).strip());
    }
}
