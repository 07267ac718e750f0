package io.gleaner.cli.operate;

import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.render.RenderCheck;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gleaner browser check}: whether pages can be rendered here, and if not, why. */
@Command(
        name = "check",
        description = {
            "Say whether pages can be rendered here, and if not, why.",
            "",
            "Starts the browser that GLEANER_BROWSER names, or the one that is found, has it render"
                    + " a page of Gleaner's own, and sees that the address guard keeps it from that"
                    + " page where it should."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner browser check",
            "  GLEANER_BROWSER=/usr/bin/chromium gleaner browser check"
        })
public final class BrowserCheckCommand implements Callable<Integer> {

    private final Streams streams;
    private final Map<String, String> environment;

    public BrowserCheckCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RenderCheck check;
        try {
            Settings settings = Settings.fromEnvironment(environment);
            check =
                    RenderCheck.of(
                            environment.getOrDefault("PATH", ""),
                            settings.browserSandbox(),
                            settings.browser());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        } catch (RenderCheck.Unusable e) {
            throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
        }
        streams.out().printf("browser   %s%n", check.browser());
        streams.out().printf("version   %s%n", check.version());
        streams.out()
                .printf(
                        "sandbox   %s%n",
                        check.sandbox()
                                ? "on"
                                : "off: root cannot have it; run Gleaner as an ordinary user");
        streams.out().println("guard     a page at a forbidden address was not asked for");
        streams.out()
                .printf(
                        "renders   a page of its own, %d ms with the start%n",
                        check.rendered().toMillis());
        return ExitCodes.OK;
    }
}
