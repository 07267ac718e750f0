package io.gleaner.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Prepares logging before anything logs. */
final class Logs {

    private Logs() {}

    /** What goes wrong, for commands whose output a person reads. */
    static void quiet() {
        start("WARN");
    }

    /** What happens, for a service whose log a person reads later. */
    static void talkative() {
        start("INFO");
    }

    // logback.xml reads the property when the first logger is made; GLEANER_LOG wins over it there.
    private static void start(String level) {
        System.setProperty("gleaner.log", level);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
