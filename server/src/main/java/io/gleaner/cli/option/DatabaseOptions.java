package io.gleaner.cli.option;

import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the database is, as flags. A flag wins over its environment variable. */
public final class DatabaseOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the database (GLEANER_DATA; default ./data).")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "PostgreSQL to use instead of the embedded one (GLEANER_DATABASE_URL), like"
                            + " postgresql://user:password@host:5432/gleaner.")
    private @Nullable String databaseUrl;

    /**
     * Flags over environment over defaults.
     *
     * @param more what other flags say
     */
    public Settings settings(Map<String, String> environment, Consumer<Settings.Draft> more) {
        try {
            Settings settings = Settings.fromEnvironment(environment).with(this::apply).with(more);
            if (settings.databaseUrl() != null) {
                DatabaseUrl.parse(settings.databaseUrl());
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private void apply(Settings.Draft draft) {
        draft.data = data == null ? draft.data : data;
        draft.databaseUrl = databaseUrl == null ? draft.databaseUrl : databaseUrl;
    }
}
