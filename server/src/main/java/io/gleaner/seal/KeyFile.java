package io.gleaner.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The key of a data folder: a file beside the database, for its owner only. Made when it is first
 * needed; whoever copies the database alone does not have it.
 */
public final class KeyFile {

    static final String NAME = "secret.key";

    private KeyFile() {}

    /**
     * @param folder that this process alone uses
     * @throws SealException when the file can be neither read nor made
     */
    public static Sealer in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                make(folder, file);
            }
            return Sealer.of(Files.readString(file, US_ASCII).strip());
        } catch (IOException e) {
            throw new SealException(
                    "the key file %s can be neither read nor made (%s): mend its rights, or free some disk"
                            .formatted(file, reason(e)),
                    e);
        } catch (IllegalArgumentException e) {
            throw new SealException(
                    "the key file %s holds no key: put its copy back, or remove it, and jobs with secrets come to faults"
                            .formatted(file),
                    e);
        }
    }

    /** Under another name first: a half-written key must never be taken for one. */
    private static void make(Path folder, Path file) throws IOException {
        Path fresh = folder.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var out =
                FileChannel.open(
                        fresh,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly)) {
            var text = ByteBuffer.wrap((Sealer.newKey() + "\n").getBytes(US_ASCII));
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String reason(IOException e) {
        return "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
}
