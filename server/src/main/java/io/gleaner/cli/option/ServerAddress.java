package io.gleaner.cli.option;

import io.gleaner.cli.console.CommandFailure;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which server to talk to, as a flag. */
public final class ServerAddress {

    private static final String VARIABLE = "GLEANER_SERVER";
    private static final String KEY = "GLEANER_KEY";
    private static final String DEFAULT = "http://127.0.0.1:8080";

    @Option(
            names = "--server",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description =
                    "The server (GLEANER_SERVER; default http://127.0.0.1:8080). If it asks for a"
                            + " key: GLEANER_KEY.")
    private @Nullable URI server;

    /** Whether somebody said which server. */
    public boolean isNamed(Map<String, String> environment) {
        return server != null || environment.containsKey(VARIABLE);
    }

    /** A server elsewhere than was said, with the key that was given. */
    public ServerClient client(Map<String, String> environment, URI address) {
        return new ServerClient(address, environment.get(KEY));
    }

    public ServerClient client(Map<String, String> environment) {
        @Nullable String key = environment.get(KEY);
        if (server != null) {
            return new ServerClient(server, key);
        }
        String fromEnvironment = environment.getOrDefault(VARIABLE, DEFAULT);
        try {
            return new ServerClient(new UrlConverter().convert(fromEnvironment), key);
        } catch (TypeConversionException e) {
            throw CommandFailure.usage(VARIABLE + ": " + e.getMessage());
        }
    }
}
