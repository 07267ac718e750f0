package io.gleaner.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens with its key and for its context, and in no other way. */
final class SealerTest {

    private static final byte[] TEXT = "Bearer s3cret".getBytes(UTF_8);
    private static final byte[] JOB = {1, 2, 3};

    private final String key = Sealer.newKey();
    private final Sealer sealer = Sealer.of(key);

    @Property
    void whatIsSealedOpensAgain(@ForAll byte[] text, @ForAll byte[] context) {
        Sealer one = Sealer.of(Sealer.newKey());
        assertThat(one.open(one.seal(text, context), context)).isEqualTo(text);
    }

    @Test
    void noTwoSealsAreAlike() {
        assertThat(sealer.seal(TEXT, JOB)).isNotEqualTo(sealer.seal(TEXT, JOB));
        assertThat(new String(sealer.seal(TEXT, JOB), UTF_8)).doesNotContain("s3cret");
    }

    @Test
    void ofAnotherContextOrChangedItDoesNotOpen() {
        byte[] sealed = sealer.seal(TEXT, JOB);
        assertThatThrownBy(() -> sealer.open(sealed, new byte[] {9}))
                .isInstanceOf(SealException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> sealer.open(changed, JOB)).isInstanceOf(SealException.class);
        }
        assertThatThrownBy(() -> sealer.open(new byte[0], JOB)).isInstanceOf(SealException.class);
    }

    @Test
    void aKeyIsReplacedByPuttingTheNewOneBeforeIt() {
        byte[] old = sealer.seal(TEXT, JOB);
        String fresh = Sealer.newKey();
        Sealer both = Sealer.of(fresh + ", " + key);
        assertThat(both.open(old, JOB)).isEqualTo(TEXT);
        assertThat(Sealer.of(fresh).open(both.seal(TEXT, JOB), JOB)).isEqualTo(TEXT);
        assertThatThrownBy(() -> Sealer.of(fresh).open(old, JOB))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("GLEANER_SECRET_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "AAAA", "not base64 at all!", "AAAA,AAAA"})
    void whatIsNoKeyIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> Sealer.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        assertThat(Sealer.none().isReady()).isFalse();
        assertThatThrownBy(() -> Sealer.none().seal(TEXT, JOB))
                .hasMessageContaining("GLEANER_SECRET_KEY");
    }

    @Test
    void theKeyOfAFolderIsMadeOnceAndForItsOwner(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("secret.key.new"), "half of a key");
        byte[] sealed = KeyFile.in(folder).seal(TEXT, JOB);
        assertThat(KeyFile.in(folder).open(sealed, JOB)).isEqualTo(TEXT);
        Path file = folder.resolve(KeyFile.NAME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "no key");
        assertThatThrownBy(() -> KeyFile.in(folder))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("holds no key");
        assertThatThrownBy(() -> KeyFile.in(folder.resolve("missing")))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("mend its rights");
    }
}
