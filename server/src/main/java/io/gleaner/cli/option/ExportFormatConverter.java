package io.gleaner.cli.option;

import io.gleaner.export.ExportFormat;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the format of an export by the name it has in the HTTP API. */
public final class ExportFormatConverter implements ITypeConverter<ExportFormat> {

    @Override
    public ExportFormat convert(String text) {
        return Arrays.stream(ExportFormat.values())
                .filter(format -> format.wireName().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is not one of %s"
                                                .formatted(
                                                        text,
                                                        Arrays.stream(ExportFormat.values())
                                                                .map(ExportFormat::wireName)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
