package io.gleaner.api.submit;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Job;
import io.gleaner.store.SeedSource;
import java.util.List;
import java.util.UUID;

/** The crawls that can be done again. */
public interface EarlierCrawls {

    /** Where nothing was crawled before. */
    EarlierCrawls NONE =
            new EarlierCrawls() {
                @Override
                public Job find(UUID id) {
                    throw BodyReader.refuse("recrawl.of", id.toString(), "no id: there are none");
                }

                @Override
                public SeedSource urls(UUID id, CrawlSpec crawl) {
                    return SeedSource.of(List.of());
                }
            };

    /**
     * A crawl that has ended.
     *
     * @throws io.gleaner.api.wire.ProblemException when there is none with this id, or it is no
     *     crawl, or still runs
     */
    Job find(UUID id);

    /** All URLs that a crawl has met, as this one knows them. */
    SeedSource urls(UUID id, CrawlSpec crawl);
}
