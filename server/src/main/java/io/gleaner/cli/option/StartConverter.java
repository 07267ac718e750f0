package io.gleaner.cli.option;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads a URL, or one without a scheme: {@code example.com/docs}, {@code localhost:8000}. */
public final class StartConverter implements ITypeConverter<Start> {

    private static final Pattern BARE =
            Pattern.compile(
                    "(localhost|[^\\s/?#@:]+\\.[^\\s/?#@:]+|\\[[0-9a-fA-F:.]+])(:\\d+)?([/?#].*)?");

    private final UrlConverter urls = new UrlConverter();

    @Override
    public Start convert(String text) {
        boolean bare = BARE.matcher(text.strip()).matches();
        return new Start(urls.convert(bare ? "https://" + text.strip() : text), !bare);
    }
}
