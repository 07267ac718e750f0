package io.gleaner.cli.operate;

import io.gleaner.access.AccessKeys;
import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.app.KeyStore;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DatabaseOptions;
import io.gleaner.cli.option.WholeNumber;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner keys create}: a new key, shown once. */
@Command(
        name = "create",
        sortOptions = false,
        description = {
            "Make a key and print it, alone, on stdout. It is shown this once; only its hash is"
                    + " kept.",
            "",
            "A key belongs to a tenant, whose jobs alone it sees. Its scopes say what it is for:"
                    + " read (jobs, pages, events), submit (begin and cancel jobs, scrape, map),"
                    + " metrics (/metrics), admin (profiles, and hosts across all tenants)."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner keys create shop",
            "  gleaner keys create crawler --tenant shop --per-minute 600 > crawler.key",
            "  gleaner keys create prometheus --scope metrics"
        })
public final class KeysCreateCommand implements Callable<Integer> {

    private static final int NAME_MAX = 100;

    @Parameters(paramLabel = "NAME", description = "Whose key it is, 1 to 100 characters.")
    private String name = "";

    @Option(
            names = "--per-minute",
            paramLabel = "N",
            converter = WholeNumber.PerMinute.class,
            description = "Most requests in any minute (default any number).")
    private @Nullable Integer perMinute;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description =
                    "Whose jobs it is for, made if it is new (default ${DEFAULT-VALUE}, to which"
                            + " everything without a key belongs).")
    private String tenant = NewKey.MAIN_TENANT;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE,...",
            converter = ScopesConverter.class,
            description = "What it is for: read, submit, metrics, admin (default read,submit).")
    private Set<Scope> scopes = Scope.STANDARD;

    @Option(names = "--admin", description = "All scopes.")
    private boolean admin;

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public KeysCreateCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        for (String each : List.of(name, tenant)) {
            if (each.isBlank() || each.length() > NAME_MAX) {
                throw CommandFailure.usage("a name has 1 to %d characters".formatted(NAME_MAX));
            }
        }
        var wanted =
                new NewKey(name.strip(), tenant.strip(), admin ? Scope.ALL : scopes, perMinute);
        try (KeyStore store = KeyStore.open(database.settings(environment, draft -> {}))) {
            AccessKeys.Created created = store.keys().create(wanted);
            streams.out().println(created.secret());
            streams.err()
                    .println(
                            "key %d '%s' of tenant '%s' is good from now on, for: %s"
                                    .formatted(
                                            created.key().id(),
                                            wanted.name(),
                                            wanted.tenant(),
                                            Scope.text(wanted.scopes())));
        }
        return ExitCodes.OK;
    }
}
