package io.gleaner.perf.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs a Java agent of ours, a class of its own, for another JVM to load. */
public final class AgentJar {

    private AgentJar() {}

    /** A jar in the folder; the agent is loaded with the JVM or into a running one. */
    public static Path write(Class<?> agent, Path folder) {
        Path jar = folder.resolve(agent.getSimpleName() + ".jar");
        String entry = agent.getName().replace('.', '/') + ".class";
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Premain-Class"), agent.getName());
        attributes.put(new Attributes.Name("Agent-Class"), agent.getName());
        try (InputStream in = agent.getClassLoader().getResourceAsStream(entry);
                var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (in == null) {
                throw new IllegalStateException("no class file of " + agent.getName());
            }
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
    }
}
