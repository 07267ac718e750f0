package io.gleaner.cli.option;

import io.gleaner.job.Deduplicate;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code none}, {@code content} or {@code canonical}. */
final class DeduplicateConverter implements ITypeConverter<Deduplicate> {

    @Override
    public Deduplicate convert(String text) {
        return Arrays.stream(Deduplicate.values())
                .filter(mode -> mode.wireName().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is not one of none, content, canonical"
                                                .formatted(text)));
    }
}
