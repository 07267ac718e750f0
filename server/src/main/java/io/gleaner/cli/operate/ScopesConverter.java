package io.gleaner.cli.operate;

import io.gleaner.access.Scope;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what a key is for: names joined by commas. */
final class ScopesConverter implements ITypeConverter<Set<Scope>> {

    @Override
    public Set<Scope> convert(String text) {
        try {
            return Scope.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
