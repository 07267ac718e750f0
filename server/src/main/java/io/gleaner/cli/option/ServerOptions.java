package io.gleaner.cli.option;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server to talk to and how to show its answer, as flags. */
public final class ServerOptions {

    @Mixin private final ServerAddress address = new ServerAddress();

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public ServerClient client(Map<String, String> environment) {
        return address.client(environment);
    }
}
