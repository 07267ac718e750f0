package io.gleaner.cli.option;

import java.net.URI;

/**
 * Where to start, as a person writes it.
 *
 * @param url absolute; {@code https} where no scheme was given
 * @param schemeGiven whether it was
 */
public record Start(URI url, boolean schemeGiven) {

    /** The same over plain HTTP. */
    public URI plain() {
        return URI.create("http" + url.toString().substring("https".length()));
    }
}
