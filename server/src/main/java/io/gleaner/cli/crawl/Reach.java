package io.gleaner.cli.crawl;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.option.Start;
import io.gleaner.fetch.Knock;
import java.net.URI;
import java.util.function.Consumer;

/** Whether a start can be reached, found out before anything is started or stored. */
final class Reach {

    private Reach() {}

    /** The URL of a start: over https where no scheme was given, and over http where that fails. */
    static URI url(Start start, Settings settings, Consumer<String> say)
            throws InterruptedException {
        if (start.schemeGiven()) {
            return start.url();
        }
        return switch (Gleaner.knock(start.url(), settings)) {
            case Knock.Answer.Open _, Knock.Answer.Forbidden _ -> start.url();
            case Knock.Answer.Nobody _, Knock.Answer.Unsure _ -> {
                URI plain = start.plain();
                if (Gleaner.knock(plain, settings) instanceof Knock.Answer.Open) {
                    say.accept("no TLS at %s, going on with %s".formatted(start.url(), plain));
                    yield plain;
                }
                yield start.url();
            }
        };
    }

    /** Refuses a URL that nobody answers at, or that the guard does not let through. */
    static void check(URI url, Settings settings) throws InterruptedException {
        switch (Gleaner.knock(url, settings)) {
            case Knock.Answer.Open _, Knock.Answer.Unsure _ -> {}
            case Knock.Answer.Forbidden(String why) -> throw CommandFailure.nothing(why);
            case Knock.Answer.Nobody(String why) ->
                    throw CommandFailure.nothing("%s; is %s right?".formatted(why, url));
        }
    }
}
