package io.gleaner.perf.cli;

import io.gleaner.perf.shapes.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of a shape. */
final class ShapeConverter implements ITypeConverter<Shape> {

    @Override
    public Shape convert(String word) {
        return Arrays.stream(Shape.values())
                .filter(shape -> shape.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "a shape is one of %s: %s"
                                                .formatted(
                                                        Arrays.stream(Shape.values())
                                                                .map(Shape::word)
                                                                .collect(Collectors.joining(", ")),
                                                        word)));
    }
}
