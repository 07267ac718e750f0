package io.gleaner.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectsConfigTest {

    @ParameterizedTest
    @CsvSource({
        "Pages, https://s3.example.com, '', bucket",
        "pages, ftp://s3.example.com, '', endpoint",
        "pages, https://user:hidden@s3.example.com, '', endpoint",
        "pages, https://s3.example.com, ../up, prefix",
    })
    void whatIsWrongIsNamedAndNoPasswordRepeated(
            String bucket, String endpoint, String prefix, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ObjectsConfig(
                                        bucket, URI.create(endpoint), "eu-central-1", prefix, null))
                .withMessageContaining("the object store's " + named)
                .withMessageContaining("accepted is")
                .matches(e -> !String.valueOf(e.getMessage()).contains("hidden"));
    }

    @Test
    void theSecretIsNotInItsText() {
        var credentials = new ObjectsConfig.Credentials("access", "hidden");
        var config = new ObjectsConfig("pages", null, "eu-central-1", "gleaner/", credentials);
        assertThat(config.toString()).contains("pages", "access").doesNotContain("hidden");
    }
}
