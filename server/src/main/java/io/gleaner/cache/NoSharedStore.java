package io.gleaner.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nothing is shared; everybody loads. */
final class NoSharedStore implements SharedStore {

    @Override
    public boolean isConfigured() {
        return false;
    }

    @Override
    public Map<String, Versioned<byte[]>> get(List<String> keys) {
        return Map.of();
    }

    @Override
    public void put(String key, Versioned<byte[]> value, Duration time) {}

    @Override
    public boolean forgetBefore(String key, long version, Duration time) {
        return true;
    }

    @Override
    public Optional<Turn> turn(String key, Duration longest) {
        return Optional.of(() -> {});
    }
}
