package io.gleaner.perf.manifests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a folder with a {@code kustomization.yml} as {@code kubectl kustomize} does, as far as our
 * files go: resources, generators of literals, strategic merge patches. The names of generated
 * objects get no hash. {@link ManifestsIT} compares the two where there is a kubectl.
 */
final class Kustomization {

    static final String FILE = "kustomization.yml";

    private final Path root;
    private final Path folder;
    private final List<Manifest> built = new ArrayList<>();

    private Kustomization(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /**
     * What goes to the cluster.
     *
     * @param root folder that file names are said from
     * @throws ManifestException a file cannot be read, or asks for what is not done here
     */
    static List<Manifest> build(Path root, Path folder) {
        return new Kustomization(root, folder.normalize()).build();
    }

    /** The files of a folder that only change what others say. */
    static List<Manifest> patches(Path root, Path folder) {
        var kustomization = new Kustomization(root, folder.normalize());
        return kustomization.top().at("patches").items().stream()
                .flatMap(patch -> kustomization.read(patch.at("path").text()))
                .toList();
    }

    private List<Manifest> build() {
        Place top = top();
        for (Place resource : top.at("resources").items()) {
            Path path = folder.resolve(resource.text()).normalize();
            if (Files.isDirectory(path)) {
                built.addAll(build(root, path));
            } else {
                read(resource.text()).forEach(built::add);
            }
        }
        top.at("configMapGenerator").items().forEach(it -> generate("ConfigMap", "data", it));
        top.at("secretGenerator").items().forEach(it -> generate("Secret", "stringData", it));
        patches(root, folder).forEach(this::apply);
        return built;
    }

    private Place top() {
        Manifest top = read(FILE).findFirst().orElseThrow();
        Types.check(top, true)
                .findFirst()
                .ifPresent(
                        finding -> {
                            throw new ManifestException(finding);
                        });
        return top.top();
    }

    private Stream<Manifest> read(String file) {
        Path path = folder.resolve(file);
        String name = root.relativize(path.normalize()).toString();
        if (!Files.isRegularFile(path)) {
            throw new ManifestException(new Finding(name, "", "is named, but is not there"));
        }
        return Yaml.read(name, path).stream().map(node -> new Manifest(name, node));
    }

    private void generate(String kind, String data, Place generator) {
        String name = generator.at("name").text();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name);
        ObjectNode entries = object.putObject(data);
        for (Place literal : generator.at("literals").items()) {
            String[] pair = literal.text().split("=", 2);
            if (pair.length < 2) {
                throw new ManifestException(literal.wrong("must be KEY=VALUE"));
            }
            entries.put(pair[0], pair[1]);
        }
        var manifest = new Manifest(root.relativize(folder.resolve(FILE)).toString(), object);
        if (generator.at("behavior").text().equals("merge")) {
            apply(manifest);
        } else {
            built.add(manifest);
        }
    }

    private void apply(Manifest patch) {
        int index = 0;
        while (index < built.size() && !built.get(index).is(patch.kind(), patch.name())) {
            index++;
        }
        if (index == built.size()) {
            throw new ManifestException(
                    patch.at("metadata", "name").wrong("there is nothing of this name to patch"));
        }
        if (patch.at("$patch").text().equals("delete")) {
            built.remove(index);
            return;
        }
        Manifest patched = built.get(index);
        built.set(
                index,
                new Manifest(
                        patched.file() + " with " + patch.file(),
                        StrategicMerge.merge(patched.root(), patch.root())));
    }
}
