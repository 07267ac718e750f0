package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's programs, unpacked once and used by every data folder of this user. */
record PostgresBinaries(Path home, PostgresAccount account) {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration UNPACK_MAX = Duration.ofHours(1);
    private static final String UNPACKED = "unpacked";

    static PostgresBinaries find(DataFolder folder, PostgresAccount account)
            throws InterruptedException {
        PostgresArchive archive = PostgresArchive.of(PostgresPlatform.current());
        return find(archive, account, homes(folder, account));
    }

    /** The first of these folders that the programs are in, or can be unpacked to, and run from. */
    static PostgresBinaries find(
            PostgresArchive archive, PostgresAccount account, List<Path> parents)
            throws InterruptedException {
        EmbeddedPostgresException trouble = null;
        for (Path parent : parents) {
            try {
                return find(archive, account, parent);
            } catch (IOException e) {
                trouble = EmbeddedPostgresException.of("unpack PostgreSQL", parent, e);
            } catch (EmbeddedPostgresException e) {
                trouble = e;
            }
            log.debug("PostgreSQL cannot run from {}", parent, trouble);
        }
        throw trouble == null ? new IllegalArgumentException("no folder to unpack to") : trouble;
    }

    /** A command line for one of {@code initdb}, {@code pg_ctl} and {@code postgres}. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return account.command(command);
    }

    boolean hasLibrary(String name) {
        Path libraries = home.resolve("lib/postgresql");
        return Files.exists(libraries.resolve(name + ".so"))
                || Files.exists(libraries.resolve(name + ".dylib"));
    }

    private static List<Path> homes(DataFolder folder, PostgresAccount account) {
        List<Path> homes = new ArrayList<>();
        Path cache = cacheFolder();
        // Another account cannot be expected to read what lies in our home.
        if (cache != null && account.owner().isEmpty()) {
            homes.add(cache);
        }
        homes.add(folder.postgres().resolve("bin"));
        return homes;
    }

    private static @Nullable Path cacheFolder() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path cache =
                xdg != null && xdg.startsWith("/")
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        // Without an entry in the password file Java says that the home is "?".
        return cache.isAbsolute() ? cache.resolve("gleaner") : null;
    }

    private static PostgresBinaries find(
            PostgresArchive archive, PostgresAccount account, Path parent)
            throws IOException, InterruptedException {
        Path home =
                parent.resolve(
                        "postgres-%s-%s"
                                .formatted(PostgresPlatform.VERSION, archive.fingerprint()));
        Files.createDirectories(parent);
        if (!isWhole(home)) {
            sweep(home);
            unpack(archive, home);
        }
        PostgresBinaries binaries = new PostgresBinaries(home, account);
        PostgresCommand probe =
                PostgresCommand.run(binaries.command("postgres", "--version"), home, PROBE_TIMEOUT);
        if (!probe.succeeded()) {
            throw cannotRun(home, account, probe);
        }
        return binaries;
    }

    private static EmbeddedPostgresException cannotRun(
            Path home, PostgresAccount account, PostgresCommand probe) {
        String cure =
                account.owner().isEmpty()
                        ? "use a file system that allows programs, or a PostgreSQL of your own"
                                + " (GLEANER_DATABASE_URL)"
                        : "PostgreSQL does not run as root and user %d cannot get there, so use a data folder that user can reach, or start Gleaner as an ordinary user"
                                .formatted(account.owner().getAsInt());
        return new EmbeddedPostgresException(
                "PostgreSQL cannot run from %s (%s): %s."
                        .formatted(home, probe.output().lines().findFirst().orElse(""), cure));
    }

    // Unpacked beside its place and moved there in one step: a process that is killed, or a second
    // one that unpacks at the same time, never leaves half a server behind.
    private static void unpack(PostgresArchive archive, Path home) throws IOException {
        Path parts = home.resolveSibling(home.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectory(parts);
            archive.unpack(parts);
            Files.writeString(parts.resolve(UNPACKED), String.valueOf(bytes(parts)));
            if (Files.exists(home) && !isWhole(home)) {
                Path broken = home.resolveSibling(parts.getFileName() + ".broken");
                Files.move(home, broken, StandardCopyOption.ATOMIC_MOVE);
                DataFolderSweep.delete(broken);
            }
            Files.move(parts, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!isWhole(home)) {
                throw e;
            }
            log.debug("another process unpacked PostgreSQL first", e);
        } finally {
            DataFolderSweep.delete(parts);
        }
    }

    // Old enough that no live process can still be unpacking there.
    private static void sweep(Path home) throws IOException {
        Instant old = Instant.now().minus(UNPACK_MAX);
        try (Stream<Path> siblings = Files.list(home.resolveSibling("."))) {
            for (Path sibling : siblings.toList()) {
                if (sibling.getFileName().toString().startsWith(home.getFileName() + ".")
                        && Files.getLastModifiedTime(sibling).toInstant().isBefore(old)) {
                    DataFolderSweep.delete(sibling);
                }
            }
        }
    }

    // A crash of the machine can leave files empty that were moved into place before they were on
    // the disk, hence the sum.
    private static boolean isWhole(Path home) throws IOException {
        Path unpacked = home.resolve(UNPACKED);
        return Files.exists(unpacked)
                && Files.readString(unpacked).equals(String.valueOf(bytes(home)));
    }

    private static long bytes(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            long sum = 0;
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file) && !file.endsWith(UNPACKED)) {
                    sum += Files.size(file);
                }
            }
            return sum;
        }
    }
}
