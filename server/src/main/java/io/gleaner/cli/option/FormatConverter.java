package io.gleaner.cli.option;

import io.gleaner.job.Format;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a format by the name it has in the HTTP API. */
public final class FormatConverter implements ITypeConverter<Format> {

    @Override
    public Format convert(String text) {
        return Arrays.stream(Format.values())
                .filter(format -> format.wireName().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is not one of %s".formatted(text, accepted())));
    }

    static String accepted() {
        return Arrays.stream(Format.values())
                .map(Format::wireName)
                .collect(Collectors.joining(", "));
    }
}
