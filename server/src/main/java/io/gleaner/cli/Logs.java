package io.gleaner.cli;

import io.gleaner.app.LogFormat;
import java.util.Locale;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Prepares logging before anything logs. */
final class Logs {

    private Logs() {}

    /** What goes wrong, for commands whose output a person reads. */
    static void quiet(LogFormat format) {
        start("WARN", format);
    }

    /** What happens, for a service whose log a person reads later. */
    static void talkative(LogFormat format) {
        start("INFO", format);
    }

    // logback.xml reads the properties when the first logger is made; GLEANER_LOG wins over the
    // level there.
    private static void start(String level, LogFormat format) {
        System.setProperty("gleaner.log", level);
        System.setProperty("gleaner.log.format", format.name().toLowerCase(Locale.ROOT));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
