package io.gleaner.api.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The dashboard's files, read once. They lie under a version that is made of all their bytes, so
 * that a browser may keep each for ever.
 */
final class Assets {

    private static final String HTM = "/META-INF/resources/_static/htm/3.1.1/preact/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final Map<String, String> RESOURCES = resources();
    private static final Map<String, String> TYPES =
            Map.of(
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml");
    private static final int VERSION_CHARS = 16;

    /** One file, as it is and compressed. */
    record Asset(String type, byte[] plain, byte[] gzip) {

        static Asset of(String type, byte[] plain) {
            var out = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(out)) {
                gzip.write(plain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Asset(type, plain, out.toByteArray());
        }
    }

    private final String version;
    private final Asset index;
    private final Map<String, Asset> files;

    private Assets(String version, Asset index, Map<String, Asset> files) {
        this.version = version;
        this.index = index;
        this.files = Map.copyOf(files);
    }

    static Assets load() {
        MessageDigest digest = sha256();
        Map<String, Asset> files = new LinkedHashMap<>();
        RESOURCES.forEach(
                (name, resource) -> {
                    byte[] bytes = read(resource);
                    digest.update(bytes);
                    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
                    files.put(name, Asset.of(Objects.requireNonNull(type), bytes));
                });
        byte[] template = read("/dashboard/index.html");
        digest.update(template);
        String version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_CHARS);
        byte[] index = new String(template, UTF_8).replace("VERSION", version).getBytes(UTF_8);
        return new Assets(version, Asset.of("text/html; charset=utf-8", index), files);
    }

    String version() {
        return version;
    }

    Asset index() {
        return index;
    }

    Optional<Asset> find(String askedVersion, String name) {
        return version.equals(askedVersion)
                ? Optional.ofNullable(files.get(name))
                : Optional.empty();
    }

    /** What a browser loads for the whole dashboard. */
    int gzipBytes() {
        return index.gzip().length
                + files.values().stream().mapToInt(file -> file.gzip().length).sum();
    }

    private static Map<String, String> resources() {
        Map<String, String> byName = new LinkedHashMap<>();
        byName.put("preact.js", HTM + "standalone.module.js");
        byName.put("uplot.js", UPLOT + "uPlot.iife.min.js");
        byName.put("uplot.css", UPLOT + "uPlot.min.css");
        for (String own :
                new String[] {
                    "style.css",
                    "icon.svg",
                    "main.js",
                    "server.js",
                    "parts.js",
                    "jobs.js",
                    "job.js",
                    "markdown.js",
                    "submit.js",
                    "operation.js",
                    "chart.js"
                }) {
            byName.put(own, "/dashboard/" + own);
        }
        return byName;
    }

    private static byte[] read(String resource) {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
