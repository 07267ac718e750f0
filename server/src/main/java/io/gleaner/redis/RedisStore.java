package io.gleaner.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gleaner.cache.SharedStore;
import io.gleaner.cache.Versioned;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Shared values in Redis. A value is its version in 16 hexadecimal digits, {@code V} and its bytes;
 * the news that older ones are void is a version and {@code N}.
 */
public final class RedisStore implements SharedStore {

    private static final String PREFIX = "gleaner:";
    private static final String TURN = ":turn";
    private static final int DIGITS = 16;
    private static final byte VALUE = 'V';
    private static final byte NEWS = 'N';

    // Digits of one length compare like their numbers. The news of a version leaves its value be.
    private static final String PUT =
            """
            local old = redis.call('GETRANGE', KEYS[1], 0, 15)
            if old ~= '' and (old > ARGV[1] or (old == ARGV[1] and ARGV[2] == 'N')) then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2] .. ARGV[3], 'PX', ARGV[4])
            return 1
            """;

    private static final String GIVE_BACK =
            """
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              return redis.call('DEL', KEYS[1])
            end
            return 0
            """;

    private final Redis redis;

    public RedisStore(Redis redis) {
        this.redis = redis;
    }

    @Override
    public boolean isConfigured() {
        return true;
    }

    @Override
    public Map<String, Versioned<byte[]>> get(List<String> keys) {
        List<Function<RedisClusterAsyncCommands<String, byte[]>, Future<byte[]>>> gets =
                new ArrayList<>();
        keys.forEach(key -> gets.add(commands -> commands.get(PREFIX + key)));
        List<Redis.Reply<byte[]>> answers = redis.askAll(gets);
        Map<String, Versioned<byte[]>> found = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            answers.get(i)
                    .asOptional()
                    .flatMap(RedisStore::value)
                    .ifPresent(value -> found.put(key, value));
        }
        return found;
    }

    @Override
    public void put(String key, Versioned<byte[]> value, Duration time) {
        redis.tell(commands -> write(commands, key, value.version(), VALUE, value.value(), time));
    }

    @Override
    public boolean forgetBefore(String key, long version, Duration time) {
        return redis.ask(commands -> write(commands, key, version, NEWS, new byte[0], time))
                .answered();
    }

    private static Future<Long> write(
            RedisClusterAsyncCommands<String, byte[]> commands,
            String key,
            long version,
            byte kind,
            byte[] bytes,
            Duration time) {
        return commands.eval(
                PUT,
                ScriptOutputType.INTEGER,
                new String[] {PREFIX + key},
                "%016x".formatted(version).getBytes(US_ASCII),
                new byte[] {kind},
                bytes,
                String.valueOf(Math.max(1, time.toMillis())).getBytes(US_ASCII));
    }

    private static Optional<Versioned<byte[]>> value(byte[] stored) {
        if (stored.length <= DIGITS || stored[DIGITS] != VALUE) {
            return Optional.empty();
        }
        long version = Long.parseLong(new String(stored, 0, DIGITS, US_ASCII), 16);
        return Optional.of(
                new Versioned<>(version, Arrays.copyOfRange(stored, DIGITS + 1, stored.length)));
    }

    @Override
    public Optional<Turn> turn(String key, Duration longest) {
        // Who cannot ask whose turn it is does not wait for it.
        byte[] owner = UUID.randomUUID().toString().getBytes(US_ASCII);
        String name = PREFIX + key + TURN;
        Redis.Reply<String> taken =
                redis.ask(
                        commands ->
                                commands.set(
                                        name, owner, SetArgs.Builder.nx().px(longest.toMillis())));
        if (!taken.answered()) {
            return Optional.of(() -> {});
        }
        return taken.asOptional()
                .map(
                        ok ->
                                () ->
                                        redis.tell(
                                                commands ->
                                                        commands.eval(
                                                                GIVE_BACK,
                                                                ScriptOutputType.INTEGER,
                                                                new String[] {name},
                                                                owner)));
    }
}
