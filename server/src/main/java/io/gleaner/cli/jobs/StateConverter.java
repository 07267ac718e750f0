package io.gleaner.cli.jobs;

import io.gleaner.job.JobState;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a job's state, in lower case as in the HTTP API. */
final class StateConverter implements ITypeConverter<JobState> {

    @Override
    public JobState convert(String text) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is not one of %s".formatted(text, accepted())));
    }

    private static String accepted() {
        return Arrays.stream(JobState.values())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
