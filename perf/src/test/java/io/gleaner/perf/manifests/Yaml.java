package io.gleaner.perf.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML files; a key that stands twice is refused. */
final class Yaml {

    private static final YAMLMapper MAPPER =
            YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Yaml() {}

    /**
     * The documents of a file.
     *
     * @param name of the file in messages
     * @throws ManifestException it is not YAML, or a document is no mapping
     */
    static List<ObjectNode> read(String name, Path file) {
        try {
            return parse(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static List<ObjectNode> parse(String name, String text) {
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll().stream()
                    .filter(node -> !node.isNull() && !node.isMissingNode())
                    .map(node -> mapping(name, node))
                    .toList();
        } catch (JacksonException e) {
            throw new ManifestException(new Finding(name, "", e.getOriginalMessage()));
        }
    }

    private static ObjectNode mapping(String name, JsonNode node) {
        if (node instanceof ObjectNode mapping) {
            return mapping;
        }
        throw new ManifestException(new Finding(name, "", "a document must be a mapping"));
    }
}
