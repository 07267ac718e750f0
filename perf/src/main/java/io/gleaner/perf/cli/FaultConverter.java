package io.gleaner.perf.cli;

import io.gleaner.perf.shapes.PlantedFault;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of a fault to plant. */
final class FaultConverter implements ITypeConverter<PlantedFault> {

    @Override
    public PlantedFault convert(String word) {
        return Arrays.stream(PlantedFault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "a fault is one of %s: %s"
                                                .formatted(
                                                        Arrays.stream(PlantedFault.values())
                                                                .map(PlantedFault::word)
                                                                .collect(Collectors.joining(", ")),
                                                        word)));
    }
}
