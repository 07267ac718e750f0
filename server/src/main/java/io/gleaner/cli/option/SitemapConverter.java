package io.gleaner.cli.option;

import io.gleaner.job.SitemapMode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code include}, {@code skip} or {@code only}. */
final class SitemapConverter implements ITypeConverter<SitemapMode> {

    @Override
    public SitemapMode convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "include" -> SitemapMode.INCLUDE;
            case "skip" -> SitemapMode.SKIP;
            case "only" -> SitemapMode.ONLY;
            default ->
                    throw new TypeConversionException(
                            "'%s' is not one of include, skip, only".formatted(text));
        };
    }
}
