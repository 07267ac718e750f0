package io.gleaner.perf.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All of {@code deploy/k8s}, or of a copy of it: the base, each overlay, and the files beside them.
 *
 * @param folder that file names are said from
 */
record Manifests(Path folder) {

    static final Manifests SHIPPED = new Manifests(Path.of("..", "deploy", "k8s"));

    /** Folders that something can be built from, the base first. */
    List<Path> builds() {
        try (Stream<Path> overlays = Files.list(folder.resolve("overlays"))) {
            return Stream.concat(Stream.of(folder.resolve("base")), overlays.sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that is wrong. */
    List<Finding> check(Product product) {
        try {
            Stream<Finding> beside = Stream.concat(types(keys()), adapterTypes());
            return Stream.concat(beside, builds().stream().flatMap(it -> check(product, it)))
                    .distinct()
                    .toList();
        } catch (ManifestException e) {
            return List.of(e.finding());
        }
    }

    private Stream<Finding> check(Product product, Path build) {
        List<Manifest> patches = Kustomization.patches(folder, build);
        List<Manifest> manifests = Kustomization.build(folder, build);
        List<Finding> wrongTypes =
                Stream.concat(
                                patches.stream().flatMap(it -> Types.check(it, false)),
                                types(manifests.stream()))
                        .toList();
        // Rules may rely on types.
        return wrongTypes.isEmpty() ? rules(product, manifests) : wrongTypes.stream();
    }

    private Stream<Finding> rules(Product product, List<Manifest> manifests) {
        var cluster =
                new Cluster(Stream.concat(manifests.stream(), keys()).toList(), adapter(), product);
        return Rule.ALL.stream().flatMap(rule -> rule.check(cluster));
    }

    private static Stream<Finding> types(Stream<Manifest> manifests) {
        return manifests.flatMap(it -> Types.check(it, true));
    }

    private Stream<Manifest> keys() {
        String file = "keys.yml";
        return Yaml.read(file, folder.resolve(file)).stream().map(it -> new Manifest(file, it));
    }

    private Place adapter() {
        String file = "prometheus-adapter.yml";
        return new Place(file, "", Yaml.read(file, folder.resolve(file)).getFirst());
    }

    private Stream<Finding> adapterTypes() {
        return ShapeCheck.check(adapter(), CustomTypes.of("AdapterValues"), true).stream();
    }
}
