package io.gleaner.cli.option;

import io.gleaner.job.rendering.RenderMode;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code never}, {@code auto} or {@code always}. */
final class RenderModeConverter implements ITypeConverter<RenderMode> {

    @Override
    public RenderMode convert(String value) {
        for (RenderMode mode : RenderMode.values()) {
            if (mode.wireName().equals(value)) {
                return mode;
            }
        }
        throw new TypeConversionException(
                "'%s' is not one of %s"
                        .formatted(
                                value,
                                Arrays.stream(RenderMode.values())
                                        .map(RenderMode::wireName)
                                        .collect(Collectors.joining(", "))));
    }
}
