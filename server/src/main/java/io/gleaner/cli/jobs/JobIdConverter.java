package io.gleaner.cli.jobs;

import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a job's id. */
final class JobIdConverter implements ITypeConverter<UUID> {

    @Override
    public UUID convert(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, as is a shortened form that UUID.fromString would fill up.
        }
        throw new TypeConversionException(
                "'%s' is not a job id like 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60".formatted(text));
    }
}
