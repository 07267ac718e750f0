package io.gleaner.app;

import io.gleaner.cache.SharedStore;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.postgres.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Processes that share a database only. */
final class CachesWithoutRedisIT extends CachesContract {

    @Override
    CacheBackend open() {
        TestDatabase.Access access = TestDatabase.shared().fresh();
        return new CacheBackend() {
            @Override
            public Member member() {
                var metrics = new SimpleMeterRegistry();
                Database database =
                        Database.open(
                                DatabaseConfig.of(access.url(), access.user(), access.password()),
                                metrics);
                DatabaseBus bus = DatabaseBus.start(database, new SimpleMeterRegistry());
                return new Member(
                        SharedStore.NONE,
                        bus,
                        metrics,
                        () -> {
                            bus.close();
                            database.close();
                        });
            }

            @Override
            public boolean isShared() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
