package io.gleaner.perf.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code kubectl kustomize} makes of a folder, and the same of ours, to be compared. */
final class Kubectl {

    private static final JsonMapper SORTED =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private Kubectl() {}

    static List<String> kustomize(Path kubectl, Path folder)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String built = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("kubectl kustomize " + folder + " failed");
        }
        return plain(
                Yaml.parse("kubectl", built).stream()
                        .map(node -> new Manifest("kubectl", node))
                        .toList());
    }

    /** One line an object, keys in order, without the hashes in the names of generated objects. */
    static List<String> plain(List<Manifest> manifests) {
        return manifests.stream()
                .map(Kubectl::decoded)
                .map(node -> SORTED.writeValueAsString(SORTED.convertValue(node, Object.class)))
                .map(line -> line.replaceAll("\"gleaner-[a-z0-9]{10}\"", "\"gleaner\""))
                .toList();
    }

    /** kubectl writes a generated Secret as base64. */
    private static ObjectNode decoded(Manifest manifest) {
        ObjectNode node = manifest.root().deepCopy();
        if (manifest.kind().equals("Secret") && node.has("data")) {
            ObjectNode texts = node.putObject("stringData");
            for (String key : node.get("data").propertyNames()) {
                // In lines, where it is long.
                String base64 = node.get("data").get(key).stringValue();
                texts.put(key, new String(Base64.getMimeDecoder().decode(base64), UTF_8));
            }
            node.remove(List.of("data", "type"));
        }
        return node;
    }
}
