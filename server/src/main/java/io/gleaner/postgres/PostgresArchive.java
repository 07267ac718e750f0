package io.gleaner.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs as they come on the class path: one .txz per platform. */
final class PostgresArchive {

    private static final int EXECUTABLE = 0b001_001_001;

    private final URL url;

    private PostgresArchive(URL url) {
        this.url = url;
    }

    static PostgresArchive of(PostgresPlatform platform) {
        URL url = PostgresArchive.class.getResource("/" + platform.archive());
        if (url == null) {
            throw PostgresPlatform.missing(platform.system() + " on " + platform.processor());
        }
        return new PostgresArchive(url);
    }

    /** Tells archives of one version apart, without reading 15 MB on every start. */
    String fingerprint() throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream _ = connection.getInputStream()) {
            long hash =
                    connection instanceof JarURLConnection jar
                            ? jar.getJarEntry().getCrc()
                            : connection.getContentLengthLong();
            return "%08x".formatted(hash);
        }
    }

    void unpack(Path target) throws IOException {
        try (InputStream in = url.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("archive entry outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            // Readable by all: the server may run as another account than Gleaner.
            boolean executable = (entry.getMode() & EXECUTABLE) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
