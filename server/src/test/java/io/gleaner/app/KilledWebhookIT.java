package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.Patience;
import io.gleaner.testing.Receiver;
import io.gleaner.testing.Receiver.Received;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a receiver is told when the real service is killed in the middle of telling. */
final class KilledWebhookIT extends RestartedService {

    private static final int PAGES = 60;
    private static final int KILLS = 3;

    @Test
    void everyEventArrivesInOrderHoweverOftenTheServiceIsKilled() throws Exception {
        var killsLeft = new AtomicInteger(KILLS);
        var told = new AtomicInteger();
        try (var site = new SpreadSite(PAGES, page -> {});
                var receiver =
                        new Receiver(
                                message -> {
                                    if (told.incrementAndGet() % 15 == 0 && killsLeft.get() > 0) {
                                        service().kill();
                                    }
                                    return 200;
                                })) {
            ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(site.crawl());
            body.putObject("webhook").put("url", receiver.url());
            service().submit(body.toString());
            for (int kill = 1; kill <= KILLS; kill++) {
                assertThat(service().awaitExit()).isEqualTo(KILLED);
                killsLeft.decrementAndGet();
                launch();
            }

            await().atMost(Patience.LONG)
                    .until(() -> receiver.messages().getLast().type().equals("job.completed"));
            List<String> once = receiver.messages().stream().map(Received::id).distinct().toList();
            assertThat(once).as("the start, each page, the end").hasSize(PAGES + 2);
            assertThat(
                            once.stream()
                                    .map(
                                            id ->
                                                    Integer.parseInt(
                                                            id.substring(id.lastIndexOf('_') + 1))))
                    .as("in order")
                    .isSorted();
            assertThat(receiver.messages().stream().map(Received::json).map(KilledWebhookIT::seq))
                    .as("no page before the one before has arrived")
                    .isSortedAccordingTo((a, b) -> a == 0 || b == 0 ? 0 : Integer.compare(a, b));
        }
    }

    private static int seq(JsonNode message) {
        return message.at("/data/page/seq").asInt(0);
    }
}
