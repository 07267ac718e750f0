package io.gleaner.perf.slowclients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a port for its health again and again, on a new connection each time, as probes do. */
final class Asking {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int OK = 200;

    private final URI health;
    private final List<Double> millis = new ArrayList<>();
    private final Thread thread;
    private int unanswered;

    private Asking(int port) {
        this.health = URI.create("http://127.0.0.1:%d/health/live".formatted(port));
        this.thread = Thread.ofPlatform().name("asking").start(this::askUntilInterrupted);
    }

    static Asking begin(int port) {
        return new Asking(port);
    }

    /** The time of each answer in milliseconds, and how many there were none of. */
    record Answers(List<Double> millis, int unanswered) {

        double p99() {
            List<Double> sorted = millis.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) (sorted.size() * 0.99));
        }
    }

    Answers end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return new Answers(List.copyOf(millis), unanswered);
    }

    private void askUntilInterrupted() {
        try {
            while (true) {
                ask();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        long began = System.nanoTime();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
            if (http.send(request, BodyHandlers.discarding()).statusCode() == OK) {
                millis.add((System.nanoTime() - began) / 1e6);
            } else {
                unanswered++;
            }
        } catch (IOException e) {
            unanswered++;
        }
    }
}
