package io.gleaner.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every setting of the service (skeleton). */
public record Settings(
        Path data,
        @Nullable String databaseUrl,
        boolean http,
        String host,
        int port,
        boolean allowPrivateNetworks,
        List<String> allowCidrs,
        String contact,
        int hostSlots,
        Duration crawlDelayMin,
        Duration crawlDelayMax,
        int concurrency,
        int attemptsMax,
        Duration robotsTtl) {

    public static Settings defaults() {
        return new Settings(
                Path.of("data"),
                null,
                true,
                "127.0.0.1",
                8080,
                false,
                List.of(),
                "",
                2,
                Duration.ofMillis(250),
                Duration.ofMinutes(1),
                200,
                4,
                Duration.ofHours(24));
    }

    public static Settings fromEnvironment(Map<String, String> environment) {
        String data = environment.get("GLEANER_DATA");
        return data == null ? defaults() : defaults().withData(Path.of(data));
    }

    public Settings withData(Path data) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withDatabaseUrl(@Nullable String databaseUrl) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withHttp(boolean http) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withHost(String host) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withPort(int port) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withAllowPrivateNetworks(boolean allowPrivateNetworks) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withAllowCidrs(List<String> allowCidrs) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withContact(String contact) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withHostSlots(int hostSlots) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withCrawlDelayMin(Duration crawlDelayMin) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withCrawlDelayMax(Duration crawlDelayMax) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withConcurrency(int concurrency) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withAttemptsMax(int attemptsMax) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }

    public Settings withRobotsTtl(Duration robotsTtl) {
        return new Settings(
                data,
                databaseUrl,
                http,
                host,
                port,
                allowPrivateNetworks,
                allowCidrs,
                contact,
                hostSlots,
                crawlDelayMin,
                crawlDelayMax,
                concurrency,
                attemptsMax,
                robotsTtl);
    }
}
