package io.gleaner.app;

/** The schema of an installation's database, for the command line. */
public final class Schema {

    private Schema() {}

    /**
     * Brings it up to date. Several at once take turns, and what is up to date stays as it is.
     *
     * @throws StartException one sentence with cause and cure
     */
    public static void migrate(Settings settings) {
        // Whoever opens a database migrates it.
        KeyStore.open(settings).close();
    }
}
