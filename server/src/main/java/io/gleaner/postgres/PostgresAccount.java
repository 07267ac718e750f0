package io.gleaner.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * As whom the server's programs run. PostgreSQL refuses root, so root has to become someone else.
 *
 * @param prefix put before every command; empty for an ordinary user
 * @param owner the account that the database's files must belong to, if it is not our own
 */
record PostgresAccount(List<String> prefix, OptionalInt owner) {

    private static final int ROOT = 0;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> UNPRIVILEGED = List.of("postgres", "nobody");

    static PostgresAccount choose(DataFolder folder) throws IOException, InterruptedException {
        if (new UnixSystem().getUid() != ROOT) {
            return new PostgresAccount(List.of(), OptionalInt.empty());
        }
        Path owned = Files.exists(folder.cluster()) ? folder.cluster() : folder.path();
        int owner = (Integer) Files.getAttribute(owned, "unix:uid");
        int group = (Integer) Files.getAttribute(owned, "unix:gid");
        return owner == ROOT ? insteadOfRoot(folder) : switchTo(folder, owner, group);
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Lets the account own a folder and all that is in it, whoever wrote it. */
    void own(Path folder) throws IOException {
        if (owner.isEmpty() || Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setAttribute(path, "unix:uid", owner.getAsInt());
                }
            }
        }
    }

    // In a user namespace of its own root is nobody inside and root outside: PostgreSQL is content,
    // and the files stay root's. Containers often forbid it; then an unprivileged account serves,
    // which owns the files from then on.
    private static PostgresAccount insteadOfRoot(DataFolder folder)
            throws IOException, InterruptedException {
        List<String> namespace = List.of("unshare", "-U", "--");
        if (runs(namespace, folder)) {
            return new PostgresAccount(namespace, OptionalInt.empty());
        }
        for (String name : UNPRIVILEGED) {
            OptionalInt user = id("-u", name, folder);
            OptionalInt group = id("-g", name, folder);
            if (user.isPresent() && group.isPresent()) {
                return switchTo(folder, user.getAsInt(), group.getAsInt());
            }
        }
        throw refused();
    }

    private static PostgresAccount switchTo(DataFolder folder, int user, int group)
            throws InterruptedException {
        List<String> prefix =
                List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
        if (!runs(prefix, folder)) {
            throw refused();
        }
        return new PostgresAccount(prefix, OptionalInt.of(user));
    }

    private static boolean runs(List<String> prefix, DataFolder folder)
            throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return PostgresCommand.run(command, folder.path(), PROBE_TIMEOUT).succeeded();
    }

    private static OptionalInt id(String option, String name, DataFolder folder)
            throws InterruptedException {
        PostgresCommand id =
                PostgresCommand.run(List.of("id", option, name), folder.path(), PROBE_TIMEOUT);
        return id.succeeded() ? OptionalInt.of(Integer.parseInt(id.output())) : OptionalInt.empty();
    }

    private static EmbeddedPostgresException refused() {
        return new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here: start"
                        + " Gleaner as an ordinary user.");
    }
}
