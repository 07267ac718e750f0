package io.gleaner.perf.site;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The site's process: {@code PORT} and the fields of a plan; serves until it is ended. */
public final class SiteMain {

    /** What it prints when it serves; the port follows. */
    public static final String READY = "site is ready: ";

    private SiteMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> arguments = Arrays.asList(args);
        int port = Integer.parseInt(arguments.getFirst());
        var plan = SitePlan.parse(arguments.subList(1, arguments.size()));
        try (var server = SiteServer.start(plan, port)) {
            System.out.println(READY + server.port());
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
