package io.gleaner.cli.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written beside its place and moved there when it is whole, so that there is never
 * half of it. A folder, or a link, in its place is refused.
 */
public final class Draft implements AutoCloseable {

    private final Path file;
    private final Path draft;

    public Draft(Path file) throws IOException {
        if (Files.isDirectory(file) || Files.isSymbolicLink(file)) {
            throw new IOException("it is a folder or a symbolic link");
        }
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(draft);
    }

    /** Where to write. */
    public Path path() {
        return draft;
    }

    /** Puts what was written in its place. */
    public void keep() throws IOException {
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(draft);
    }
}
