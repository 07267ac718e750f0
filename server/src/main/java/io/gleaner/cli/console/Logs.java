package io.gleaner.cli.console;

import io.gleaner.app.LogFormat;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Prepares logging; to be called before settings are read, since reading a URL may log. */
public final class Logs {

    private static final String FORMAT = "gleaner.log.format";
    private static final String JSON = "json";

    private Logs() {}

    /** What goes wrong, for commands whose output a person reads. */
    public static void quiet(Map<String, String> environment) {
        // How a statement was planned is for whoever runs a database.
        System.setProperty("gleaner.log.statements", "ERROR");
        start("WARN", environment);
    }

    /** What happens, for a service whose log a person reads later. */
    public static void talkative(Map<String, String> environment) {
        start("INFO", environment);
    }

    // logback.xml reads the properties when the first logger is made; GLEANER_LOG wins over the
    // level there.
    private static void start(String level, Map<String, String> environment) {
        System.setProperty("gleaner.log", level);
        format(environment);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Anything but the known formats is refused when the settings are read. */
    public static void format(Map<String, String> environment) {
        boolean json =
                LogFormat.JSON.name().equalsIgnoreCase(environment.get("GLEANER_LOG_FORMAT"));
        System.setProperty(FORMAT, json ? JSON : "text");
    }

    /** Whether what is said goes to a collector of logs, which reads one object a line. */
    static boolean areJson() {
        return JSON.equals(System.getProperty(FORMAT));
    }
}
